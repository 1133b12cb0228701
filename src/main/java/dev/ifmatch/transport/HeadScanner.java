package dev.ifmatch.transport;

import io.netty.util.ByteProcessor;

/**
 * Checks the octets of a request head against the grammar of RFC 9112, where decoders are lenient:
 * single spaces in the request line, CRLF and nothing else at line ends, no white space before a
 * colon.
 *
 * <p>It stops at the end of the head, or at the first octet that may not stand there.
 */
final class HeadScanner implements ByteProcessor {

  private enum State {
    START,
    START_LF,
    METHOD,
    TARGET_START,
    TARGET,
    VERSION,
    LINE_LF,
    FIELD_START,
    NAME,
    VALUE,
    END_LF,
    END
  }

  private static final String VERSION = "HTTP/1.";
  private static final boolean[] TOKEN = token();

  private State state;
  private int versionOctets;
  private int targetOctets;
  private boolean old;
  private String complaint;

  HeadScanner() {
    reset();
  }

  /** Starts over with the next head. */
  void reset() {
    state = State.START;
    versionOctets = 0;
    targetOctets = 0;
    old = false;
    complaint = "";
  }

  /** Whether a token can have this character (RFC 9110 §5.6.2). */
  static boolean isOfToken(char c) {
    return c < TOKEN.length && TOKEN[c];
  }

  /** Whether a field value can have this octet, at least within (RFC 9110 §5.5). */
  static boolean isOfValue(int c) {
    return c == '\t' || (c >= 0x20 && c != 0x7f);
  }

  /** Whether the head is complete. */
  boolean isComplete() {
    return state == State.END;
  }

  /** Whether a part of a head was seen, but not all of it. */
  boolean isWithinHead() {
    return state != State.START && state != State.END;
  }

  /** Whether the version is HTTP/1.0. */
  boolean isOld() {
    return old;
  }

  /** How long the request target is, so far. */
  int targetBytes() {
    return targetOctets;
  }

  /** What is wrong; empty while nothing is. */
  String complaint() {
    return complaint;
  }

  @Override
  public boolean process(byte octet) {
    int c = octet & 0xff;
    switch (state) {
      case START -> start(c);
      case START_LF -> next(c == '\n', State.START, "a bare CR before the request line");
      case METHOD -> method(c);
      case TARGET_START, TARGET -> target(c);
      case VERSION -> version(c);
      case LINE_LF -> next(c == '\n', State.FIELD_START, "a bare CR in the head");
      case FIELD_START -> fieldStart(c);
      case NAME -> name(c);
      case VALUE -> value(c);
      case END_LF -> next(c == '\n', State.END, "a bare CR in the head");
      case END -> throw new IllegalStateException("the head is over");
    }
    return state != State.END && complaint.isEmpty();
  }

  private void start(int c) {
    if (c == '\r') {
      state = State.START_LF; // RFC 9112 §2.2: an empty line before the request line is passed over
    } else {
      next(TOKEN[c], State.METHOD, "the request line does not start with a method");
    }
  }

  private void method(int c) {
    if (c == ' ') {
      state = State.TARGET_START;
    } else {
      next(TOKEN[c], State.METHOD, "the method is not a token");
    }
  }

  private void target(int c) {
    if (c == ' ' && state == State.TARGET) {
      state = State.VERSION;
    } else {
      targetOctets++;
      boolean visible = c > 0x20 && c < 0x7f;
      next(visible, State.TARGET, "a character in the request target that must be percent-encoded");
    }
  }

  private void version(int c) {
    int at = versionOctets++;
    if (at < VERSION.length()) {
      next(c == VERSION.charAt(at), State.VERSION, "the version is not HTTP/1.1 or HTTP/1.0");
    } else if (at == VERSION.length()) {
      old = c == '0';
      next(old || c == '1', State.VERSION, "the version is not HTTP/1.1 or HTTP/1.0");
    } else {
      next(c == '\r', State.LINE_LF, "the request line does not end with CRLF");
    }
  }

  private void fieldStart(int c) {
    if (c == '\r') {
      state = State.END_LF;
    } else if (c == ' ' || c == '\t') {
      complaint = "a folded field line, or white space before the first field";
    } else {
      next(TOKEN[c], State.NAME, c == ':' ? "a field without a name" : "an invalid field name");
    }
  }

  private void name(int c) {
    if (c == ':') {
      state = State.VALUE;
    } else {
      boolean blank = c == ' ' || c == '\t';
      next(TOKEN[c], State.NAME, blank ? "white space before a colon" : "an invalid field name");
    }
  }

  private void value(int c) {
    if (c == '\r') {
      state = State.LINE_LF;
    } else {
      next(isOfValue(c), State.VALUE, c == '\n' ? "a bare LF in the head" : "a control character");
    }
  }

  private void next(boolean allowed, State then, String otherwise) {
    if (allowed) {
      state = then;
    } else {
      complaint = otherwise;
    }
  }

  private static boolean[] token() {
    boolean[] token = new boolean[256];
    for (char c = '!'; c <= '~'; c++) {
      token[c] = Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
    return token;
  }
}
