package dev.ifmatch.cli;

import java.util.Locale;

/** What went wrong, in the words of a one-line message. */
final class Causes {
  private Causes() {}

  /**
   * The innermost cause's message, without the name of a system call and starting in lower case.
   */
  static String text(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String plain = message.replaceFirst("^[a-z]+\\(\\.\\.\\) failed[^:]*: ", "");
    return plain.isEmpty()
        ? plain
        : plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }
}
