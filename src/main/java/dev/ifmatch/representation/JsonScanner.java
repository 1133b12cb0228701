package dev.ifmatch.representation;

import java.util.Optional;

/**
 * Reads a JSON document (RFC 8259) piece by piece and puts down where its values are. For one
 * document after the other; not thread-safe.
 *
 * <p>Stricter than the RFC has to be: UTF-8 without a mark at its start, no lone surrogates, no
 * name twice in one object. Numbers stay as they are written.
 */
final class JsonScanner {
  /** How deep arrays and objects may stand in one another. */
  static final int MAX_DEPTH = 500;

  /** What the methods that read return where the bytes do not go on, or not as JSON. */
  private static final int STOP = -1;

  /** How many bytes are read before it is counted what is in them. */
  private static final int STEP_BYTES = 4 * 1024;

  /** About how many are read in the time that it takes to put a value down or compare two names. */
  private static final int BYTES_PER_VALUE = 4;

  // What may come next, or what is being done. Numbers: to store a reference for each token would
  // take a tenth of the time.
  private static final int VALUE = 0;
  private static final int NAME = 1;
  private static final int VALUE_OR_END = 2;
  private static final int NAME_OR_END = 3;
  private static final int COLON = 4;
  private static final int COMMA_OR_END = 5;
  private static final int ROOT = 6;
  private static final int DONE = 7;
  private static final int IN_NAME = 8;
  private static final int IN_STRING = 9;
  private static final int IN_NUMBER = 10;

  /** An object has ended whose members are being put into their order. */
  private static final int SORTING = 11;

  private final JsonDocument document;
  private final JsonNesting nesting;
  private final JsonText text;
  private int state = ROOT;
  private Optional<FormFallback> failure = Optional.empty();

  /** How far the bytes were looked at, and where in them to go on. */
  private int seen;

  private int resume;

  /** Where the number starts that is being read. */
  private int start;

  JsonScanner(JsonDocument document) {
    this.document = document;
    this.nesting = new JsonNesting(document);
    this.text = new JsonText(document);
  }

  /** Begins anew with the same document, which is empty again. */
  void restart() {
    nesting.restart();
    state = ROOT;
    failure = Optional.empty();
    seen = 0;
    resume = 0;
  }

  /**
   * Reads on in what the document has taken in.
   *
   * @param budget about how many bytes are read; fewer where there is much in them
   * @return what is left of the budget
   */
  int scan(int budget) {
    int left = budget;
    while (left > 0 && isBehind()) {
      int from = seen;
      int values = document.size();
      step(Math.min(left, STEP_BYTES), left);
      left -= seen - from + BYTES_PER_VALUE * (document.size() - values);
      left = state == SORTING ? 0 : left;
    }
    return left;
  }

  private void step(int most, int budget) {
    byte[] bytes = document.raw();
    int end = seen + Math.min(most, document.rawLength() - seen);
    seen = end;
    int at = goOn(bytes, end, budget);
    while (at >= 0 && at < end) {
      at = state <= NAME ? run(bytes, at, end) : at;
      at = at < end ? read(bytes[at], bytes, at, end) : at;
    }
    if (at >= 0) {
      resume = at;
    }
  }

  /** Whether there is more to be read. */
  boolean isBehind() {
    return failure.isEmpty() && (seen < document.rawLength() || state == SORTING);
  }

  /** Says that no more bytes will come, where all were read. */
  void finish() {
    if (state == IN_NUMBER && nesting.depth() == 0) {
      endNumber(document.raw(), document.rawLength(), document.rawLength());
    }
    if (state != DONE && failure.isEmpty()) {
      fail(FormFallback.NOT_JSON);
    }
  }

  /** Why it is not taken as JSON; empty as long as it may be. */
  Optional<FormFallback> failure() {
    return failure;
  }

  private int goOn(byte[] bytes, int end, int budget) {
    return switch (state) {
      case IN_NAME, IN_STRING -> text(bytes, end);
      case IN_NUMBER -> number(bytes, resume, end);
      case SORTING -> closed(nesting.closeOn(1 + budget / BYTES_PER_VALUE), bytes, resume, end);
      default -> resume;
    };
  }

  /** Reads members and elements as long as they are expected, and simple. */
  private int run(byte[] bytes, int from, int end) {
    boolean inObject = nesting.isInObject();
    int count = nesting.count();
    int next = state;
    Shape.Name name = nesting.expectedName(next == NAME ? count : count + 1);
    int at = from;
    while (at < end) {
      if (next == NAME) {
        int behind = at + name.match(bytes, at, end);
        if (behind == at || behind == end || bytes[behind] != ':') {
          break;
        }
        nesting.addExpected(document.add(JsonNode.string(at + 1, behind - at - 2)));
        name = name.next();
        at = behind + 1;
        next = VALUE;
      }
      long node = JsonScalar.node(bytes, at, end);
      if (node == JsonScalar.NOT_SIMPLE) {
        break;
      }
      document.add(node);
      count++;
      at = JsonNode.behind(node);
      if (at == end || bytes[at] != ',') {
        next = COMMA_OR_END;
        break;
      }
      at++;
      next = inObject ? NAME : VALUE;
    }
    nesting.count(count);
    state = next;
    return at;
  }

  private int read(byte b, byte[] bytes, int at, int end) {
    if (isSpace(b)) {
      return at + 1;
    }
    return switch (state) {
      case ROOT, VALUE -> value(b, bytes, at, end);
      case NAME -> b == '"' ? startText(IN_NAME, bytes, at, end) : fail(FormFallback.NOT_JSON);
      case VALUE_OR_END -> b == ']' ? close(b, bytes, at, end) : next(VALUE, at);
      case NAME_OR_END -> b == '}' ? close(b, bytes, at, end) : next(NAME, at);
      case COLON -> b == ':' ? next(VALUE, at + 1) : fail(FormFallback.NOT_JSON);
      case COMMA_OR_END -> b == ',' ? comma(at) : close(b, bytes, at, end);
      default -> fail(FormFallback.NOT_JSON);
    };
  }

  private int value(byte b, byte[] bytes, int at, int end) {
    return switch (b) {
      case '{' -> open(true, at);
      case '[' -> open(false, at);
      case '"' -> startText(IN_STRING, bytes, at, end);
      case 'n', 't', 'f' -> literal(bytes, at, end);
      default -> {
        start = at;
        state = IN_NUMBER;
        yield number(bytes, at, end);
      }
    };
  }

  private int startText(int what, byte[] bytes, int at, int end) {
    state = what;
    text.begin(at + 1);
    return text(bytes, end);
  }

  private int text(byte[] bytes, int end) {
    int at = text.read(bytes, end);
    if (at < 0) {
      return at == JsonText.MALFORMED ? fail(FormFallback.NOT_JSON) : STOP;
    }
    int place = document.add(text.node(at));
    if (state == IN_STRING) {
      return endValue(bytes, at + 1, end);
    }
    nesting.addOther(place);
    return next(COLON, at + 1);
  }

  private int literal(byte[] bytes, int at, int end) {
    int length = JsonLiteral.length(bytes, at, end);
    if (length <= 0) {
      resume = at;
      return length == JsonLiteral.NONE ? fail(FormFallback.NOT_JSON) : STOP;
    }
    document.add(JsonNode.literal(at, length));
    return endValue(bytes, at + length, end);
  }

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
    document.add(JsonNode.number(start, at - start));
    return endValue(bytes, at, end);
  }

  private int endValue(byte[] bytes, int at, int end) {
    if (nesting.depth() == 0) {
      return next(DONE, at);
    }
    nesting.count(nesting.count() + 1);
    return at < end && bytes[at] == ',' ? comma(at) : next(COMMA_OR_END, at);
  }

  private int comma(int at) {
    return next(nesting.isInObject() ? NAME : VALUE, at + 1);
  }

  private int open(boolean object, int at) {
    if (nesting.depth() == MAX_DEPTH) {
      return fail(FormFallback.TOO_DEEP);
    }
    nesting.open(object);
    return next(object ? NAME_OR_END : VALUE_OR_END, at + 1);
  }

  private int close(byte b, byte[] bytes, int at, int end) {
    if (b != (nesting.isInObject() ? '}' : ']')) {
      return fail(FormFallback.NOT_JSON);
    }
    return closed(nesting.close(), bytes, at, end);
  }

  private int closed(boolean sorted, byte[] bytes, int at, int end) {
    if (sorted) {
      return endValue(bytes, at + 1, end);
    }
    if (nesting.hasDuplicate()) {
      return fail(FormFallback.DUPLICATE_NAME);
    }
    seen = at + 1;
    resume = at;
    return next(SORTING, STOP);
  }

  private int next(int next, int at) {
    state = next;
    return at;
  }

  private int fail(FormFallback why) {
    failure = Optional.of(why);
    return STOP;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
