package dev.ifmatch.transport.tls;

import java.io.IOException;

/** Settings or files that no TLS can be spoken with; the message names them and says what to do. */
public final class InvalidTls extends IOException {
  private static final long serialVersionUID = 1;

  InvalidTls(String message) {
    super(message);
  }

  InvalidTls(String message, Throwable cause) {
    super(message, cause);
  }
}
