package dev.ifmatch.representation;

import java.util.Optional;

/**
 * Reads a JSON document (RFC 8259) as its bytes arrive and puts down where its values are. For one
 * document; not thread-safe.
 *
 * <p>Stricter than the RFC has to be: UTF-8 without a mark at its start, no lone surrogates, no
 * name twice in one object. Numbers stay as they are written.
 */
final class JsonScanner {
  /** How deep arrays and objects may stand in one another. */
  static final int MAX_DEPTH = 500;

  /** What the methods that read return where the bytes do not go on, or not as JSON. */
  private static final int STOP = -1;

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  // What may come next, or what is being read. Numbers: to store a reference for each token would
  // take a tenth of the time.
  private static final int VALUE = 0;
  private static final int VALUE_OR_END = 1;
  private static final int NAME = 2;
  private static final int NAME_OR_END = 3;
  private static final int COLON = 4;
  private static final int COMMA_OR_END = 5;
  private static final int IN_NAME = 6;
  private static final int IN_STRING = 7;
  private static final int IN_NUMBER = 8;
  private static final int DONE = 9;

  private final JsonDocument document;
  private final JsonNesting nesting;
  private int state = VALUE;
  private Optional<FormFallback> failure = Optional.empty();

  /** Where to go on when there are more bytes. */
  private int resume;

  /** Where the text starts that is being read, and whether an escape stands in it. */
  private int start;

  private boolean escaped;

  JsonScanner(JsonDocument document) {
    this.document = document;
    this.nesting = new JsonNesting(document);
  }

  JsonDocument document() {
    return document;
  }

  /** Reads what the document has taken in since. Returns whether it can still be JSON. */
  boolean scan() {
    byte[] bytes = document.raw();
    int end = document.rawLength();
    int at = failure.isPresent() || resume == end ? STOP : goOn(bytes, end);
    while (at >= 0 && at < end) {
      byte b = bytes[at];
      at = b <= ' ' && isSpace(b) ? at + 1 : read(b, bytes, at, end);
    }
    if (at >= 0) {
      resume = at;
    }
    return failure.isEmpty();
  }

  /** Says that no more bytes will come. Returns whether all of them were one document. */
  boolean finish() {
    if (state == IN_NUMBER && nesting.depth() == 0) {
      endNumber(document.raw(), document.rawLength(), document.rawLength());
    }
    if (state != DONE && failure.isEmpty()) {
      fail(FormFallback.NOT_JSON);
    }
    return failure.isEmpty();
  }

  /** Why it is not taken as JSON. */
  Optional<FormFallback> failure() {
    return failure;
  }

  private int goOn(byte[] bytes, int end) {
    return switch (state) {
      case IN_NAME, IN_STRING -> text(bytes, resume, end);
      case IN_NUMBER -> number(bytes, resume, end);
      default -> resume;
    };
  }

  private int read(byte b, byte[] bytes, int at, int end) {
    if (state == COMMA_OR_END) {
      return b == ',' ? comma(at) : close(b, bytes, at, end);
    }
    if (b == '"') {
      return startText(bytes, at, end);
    }
    if (state == VALUE || state == VALUE_OR_END) {
      return value(b, bytes, at, end);
    }
    if (b == ':' && state == COLON) {
      state = VALUE;
      return at + 1;
    }
    return b == '}' && state == NAME_OR_END
        ? close(b, bytes, at, end)
        : fail(FormFallback.NOT_JSON);
  }

  private int value(byte b, byte[] bytes, int at, int end) {
    return switch (b) {
      case '{' -> open(JsonKind.OBJECT, at);
      case '[' -> open(JsonKind.ARRAY, at);
      case 'n' -> literal(NULL, bytes, at, end);
      case 't' -> literal(TRUE, bytes, at, end);
      case 'f' -> literal(FALSE, bytes, at, end);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> startNumber(bytes, at, end);
      default ->
          b == ']' && state == VALUE_OR_END
              ? close(b, bytes, at, end)
              : fail(FormFallback.NOT_JSON);
    };
  }

  private int startText(byte[] bytes, int at, int end) {
    if (state == VALUE || state == VALUE_OR_END) {
      state = IN_STRING;
    } else if (state == NAME || state == NAME_OR_END) {
      state = IN_NAME;
    } else {
      return fail(FormFallback.NOT_JSON);
    }
    start = at + 1;
    escaped = false;
    return text(bytes, at + 1, end);
  }

  private int text(byte[] bytes, int from, int end) {
    int at = Text.plainEnd(bytes, from, end);
    while (at < end && bytes[at] != '"') {
      int length = unusualLength(bytes, at, end);
      if (length <= 0) {
        resume = at;
        return length == Utf8.MALFORMED ? fail(FormFallback.NOT_JSON) : STOP;
      }
      at = Text.plainEnd(bytes, at + length, end);
    }
    if (at == end) {
      resume = at;
      return STOP;
    }
    return endText(bytes, at, end);
  }

  private int unusualLength(byte[] bytes, int at, int end) {
    byte b = bytes[at];
    if (b < 0) {
      return Utf8.length(bytes, at, end);
    }
    escaped = true;
    return b == '\\' ? JsonEscape.length(bytes, at, end) : Utf8.MALFORMED;
  }

  private int endText(byte[] bytes, int at, int end) {
    int place =
        escaped
            ? document.addEscaped(start, at)
            : document.add(JsonNode.text(JsonKind.STRING, start, at - start));
    if (state == IN_STRING) {
      return endValue(bytes, at + 1, end);
    }
    nesting.name(place);
    if (at + 1 < end && bytes[at + 1] == ':') {
      state = VALUE;
      return at + 2;
    }
    state = COLON;
    return at + 1;
  }

  private int startNumber(byte[] bytes, int at, int end) {
    start = at;
    int behind = JsonNumber.end(bytes, at, end);
    if (behind > 0 && behind < end && !JsonNumber.canStandIn(bytes[behind])) {
      document.add(JsonNode.text(JsonKind.NUMBER, at, behind - at));
      return endValue(bytes, behind, end);
    }
    state = IN_NUMBER;
    return number(bytes, at, end);
  }

  /** Reads on in a number that is cut off, or is none. */
  private int number(byte[] bytes, int from, int end) {
    int at = JsonNumber.runEnd(bytes, from, end);
    if (at == end) {
      resume = at;
      return STOP;
    }
    return endNumber(bytes, at, end);
  }

  private int endNumber(byte[] bytes, int at, int end) {
    if (!JsonNumber.isWellFormed(bytes, start, at)) {
      return fail(FormFallback.NOT_JSON);
    }
    document.add(JsonNode.text(JsonKind.NUMBER, start, at - start));
    return endValue(bytes, at, end);
  }

  private int literal(byte[] literal, byte[] bytes, int at, int end) {
    for (int i = 0; i < literal.length; i++) {
      if (at + i == end) {
        resume = at;
        return STOP;
      }
      if (bytes[at + i] != literal[i]) {
        return fail(FormFallback.NOT_JSON);
      }
    }
    document.add(JsonNode.text(JsonKind.LITERAL, at, literal.length));
    return endValue(bytes, at + literal.length, end);
  }

  private int endValue(byte[] bytes, int at, int end) {
    if (nesting.depth() == 0) {
      state = DONE;
      return at;
    }
    nesting.value();
    if (at < end && bytes[at] == ',') {
      return comma(at);
    }
    state = COMMA_OR_END;
    return at;
  }

  private int comma(int at) {
    state = nesting.isInObject() ? NAME : VALUE;
    return at + 1;
  }

  private int open(JsonKind kind, int at) {
    if (nesting.depth() == MAX_DEPTH) {
      return fail(FormFallback.TOO_DEEP);
    }
    nesting.open(kind);
    state = kind == JsonKind.OBJECT ? NAME_OR_END : VALUE_OR_END;
    return at + 1;
  }

  private int close(byte b, byte[] bytes, int at, int end) {
    if (b != (nesting.isInObject() ? '}' : ']')) {
      return fail(FormFallback.NOT_JSON);
    }
    return nesting.close() ? endValue(bytes, at + 1, end) : fail(FormFallback.DUPLICATE_NAME);
  }

  private int fail(FormFallback why) {
    failure = Optional.of(why);
    return STOP;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
