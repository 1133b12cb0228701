package dev.ifmatch.policy;

/** Whose doing a {@link Refusal} is. */
public enum RefusalSource {
  CLIENT,
  ORIGIN,
  LOCK,
  PROXY
}
