package dev.ifmatch.policy;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.ResourceState;
import java.util.List;

/**
 * What the holder of a lock saw of the resource last. It is handed to the next in the queue, who
 * can be refused by it without another probe, but never let through.
 *
 * @param selection which representation was seen; see {@link ProbeRequest#selection}
 * @param state the state that was seen
 * @param cors the fields that let a browser's script read an answer, as the origin sent them
 */
public record Sighting(String selection, ResourceState state, List<Field> cors) {

  /** Copies the list. */
  public Sighting {
    cors = List.copyOf(cors);
  }
}
