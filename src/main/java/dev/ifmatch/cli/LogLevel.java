package dev.ifmatch.cli;

import java.util.Locale;

/** How much the application log says; it goes to standard error. */
enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG;

  /** Sets the level of the loggers that are made from now on; Netty's own stay at {@code warn}. */
  void apply() {
    System.setProperty("org.slf4j.simpleLogger.log.dev.ifmatch", toString());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
