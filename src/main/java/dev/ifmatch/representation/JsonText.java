package dev.ifmatch.representation;

/**
 * A string or name that is being read, its escapes taken off where it has some. For one document;
 * not thread-safe.
 */
final class JsonText {
  /** What comes of reading where the text does not end, or is none. */
  static final int CUT_OFF = -1;

  static final int MALFORMED = -2;

  private final JsonDocument document;

  /** Where it starts, or what of it is not yet where the decoded texts are kept. */
  private int start;

  /** Where to go on when there are more bytes. */
  private int resume;

  private boolean decoded;

  JsonText(JsonDocument document) {
    this.document = document;
  }

  /** Begins with another one. */
  void begin(int at) {
    start = at;
    resume = at;
    decoded = false;
  }

  /** Reads on. Returns the index of the quotation mark behind it, or else what came of it. */
  int read(byte[] bytes, int end) {
    int at = Text.plainEnd(bytes, resume, end);
    while (at < end && bytes[at] != '"') {
      int length = bytes[at] < 0 ? Utf8.length(bytes, at, end) : escape(bytes, at, end);
      if (length == Utf8.MALFORMED) {
        return MALFORMED;
      }
      if (length == Utf8.INCOMPLETE) {
        return cutOff(at);
      }
      at += length;
      if (at < end && bytes[at] >= 0) {
        at = Text.plainEnd(bytes, at, end);
      }
    }
    return at < end ? at : cutOff(at);
  }

  /** What it is in the document, up to the quotation mark behind it. */
  long node(int end) {
    if (!decoded) {
      return JsonNode.string(start, end - start);
    }
    document.decode(start, end);
    return document.decodedNode();
  }

  /** Takes an escape off, if all of it is here. Returns how many bytes it has. */
  private int escape(byte[] bytes, int at, int end) {
    int length = bytes[at] == '\\' ? JsonEscape.length(bytes, at, end) : Utf8.MALFORMED;
    if (length > 0) {
      document.decode(start, at, JsonEscape.character(bytes, at));
      start = at + length;
      decoded = true;
    }
    return length;
  }

  private int cutOff(int at) {
    resume = at;
    if (decoded) {
      document.decode(start, at); // bit by bit, so that the end of a long one takes no longer
      start = at;
    }
    return CUT_OFF;
  }
}
