package dev.ifmatch.exchange;

/** Why the answer to a read carries no tag of ours. */
public enum Untagged {
  /** The body is larger than the buffer, and the client takes no trailer fields. */
  TOO_LARGE,
  /** The body never ends, or replaces itself. */
  STREAM,
  /** The body is in a content coding that cannot be taken off, or is not what its coding says. */
  CODING
}
