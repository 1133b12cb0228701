package dev.ifmatch.representation;

/** How a tag of ours is marked (RFC 9110 §8.8.1). */
public enum TagStrength {
  /** It can stand in {@code If-Match}. */
  STRONG,
  /** Marked {@code W/}: for clients and caches that expect it; strict comparison never takes it. */
  WEAK
}
