package dev.ifmatch.http;

/** How the tags of {@code If-Match} are compared with the current state's. */
public enum Comparison {
  /** Strongly (RFC 9110 §8.8.3.2): a weak tag never matches, and a tag stands in quotes. */
  STRICT,
  /** A tag of ours also matches marked {@code W/}, or without its quotes. */
  TOLERANT
}
