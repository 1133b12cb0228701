package dev.ifmatch.cli;

/** What the process tells the one who started it. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int INVALID_CONFIGURATION = 3;
  static final int CANNOT_LISTEN = 4;

  /**
   * Stopped while requests were still in flight, because their time was up or a second signal came
   * (128 + SIGTERM).
   */
  static final int CUT_OFF = 143;

  private ExitCode() {}
}
