package dev.ifmatch.cli;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Preconditions;
import java.util.ArrayList;
import java.util.List;

/** What a request asks of the current state, as it was understood. */
final class ConditionWords {
  private ConditionWords() {}

  static String of(Preconditions asked) {
    List<String> words = new ArrayList<>();
    asked.ifMatch().ifPresent(tags -> words.add(FieldName.IF_MATCH + ": " + tags));
    asked.ifNoneMatch().ifPresent(tags -> words.add(FieldName.IF_NONE_MATCH + ": " + tags));
    asked.ifModifiedSince().ifPresent(date -> words.add(FieldName.IF_MODIFIED_SINCE + ": " + date));
    asked
        .ifUnmodifiedSince()
        .ifPresent(date -> words.add(FieldName.IF_UNMODIFIED_SINCE + ": " + date));
    return words.isEmpty() ? "no precondition" : String.join(", ", words);
  }
}
