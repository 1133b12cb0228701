package dev.ifmatch.representation;

/** What of a representation a tag stands for. */
public enum TagForm {
  /** Its bytes, exactly. */
  BYTES,
  /** What it says as JSON: the order of members and white space do not count. */
  JSON
}
