package dev.ifmatch.policy;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.representation.TagRecipe;
import java.util.List;

/**
 * What the holder of a lock saw of the resource last. It is handed to the next in the queue, who
 * can be refused by it without another probe, but never let through.
 *
 * @param question the probe that was answered so; its fields are not changed any more
 * @param tag how the tags of the state were made
 * @param state the state that was seen
 * @param cors the fields that let a browser's script read an answer, as the origin sent them
 */
public record Sighting(RequestHead question, TagRecipe tag, ResourceState state, List<Field> cors) {

  /** Copies the list. */
  public Sighting {
    cors = List.copyOf(cors);
  }

  /** Whether another probe would have got the same answer, and made the same tags of it. */
  public boolean answers(RequestHead other, TagRecipe recipe) {
    return tag.equals(recipe)
        && ProbeRequest.selection(question).equals(ProbeRequest.selection(other));
  }
}
