package dev.ifmatch.transport;

/**
 * The settings that hold now, one for all event loops. Thread-safe.
 *
 * <p>They change as a whole: who needs them takes them once and keeps what it got, an exchange from
 * its first step to its last, so that none sees half of the former and half of the next.
 */
final class LiveSettings {
  private volatile ProxySettings current;

  LiveSettings(ProxySettings first) {
    this.current = first;
  }

  ProxySettings current() {
    return current;
  }

  /** How much and how long with the origins, for what belongs to no exchange. */
  OriginLimits origin() {
    return current.limits().origin();
  }

  /** Has all that begins when this has returned use other settings. */
  void replace(ProxySettings next) {
    current = next;
  }
}
