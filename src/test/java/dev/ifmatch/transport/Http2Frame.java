package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One frame of HTTP/2, octet by octet (RFC 9113 §4.1).
 *
 * @param type what it is
 * @param flags its flags
 * @param stream which stream it belongs to; 0 for the connection
 * @param payload what it carries, a character for each octet
 */
record Http2Frame(int type, int flags, int stream, String payload) {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  static final int HEAD_BYTES = 9;

  static Http2Frame of(int type, int flags, int stream) {
    return new Http2Frame(type, flags, stream, "");
  }

  /** A frame that carries one number. */
  static Http2Frame carrying(int type, int stream, int number) {
    return new Http2Frame(type, 0, stream, text(ByteBuffer.allocate(4).putInt(number).array()));
  }

  static Http2Frame read(Wire wire) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(wire.readBytes(HEAD_BYTES));
    int lengthAndType = head.getInt();
    int flags = head.get();
    int stream = head.getInt() & Integer.MAX_VALUE;
    return new Http2Frame(
        lengthAndType & 0xff, flags, stream, text(wire.readBytes(lengthAndType >>> 8)));
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The number that it carries at an offset. */
  int number(int offset) {
    return ByteBuffer.wrap(content()).getInt(offset);
  }

  byte[] content() {
    return payload.getBytes(ISO_8859_1);
  }

  byte[] octets() {
    return ByteBuffer.allocate(HEAD_BYTES + payload.length())
        .putInt((payload.length() << 8) | type)
        .put((byte) flags)
        .putInt(stream)
        .put(content())
        .array();
  }

  /** A header block: literal fields without an index, of any octets (RFC 7541 §6.2.2). */
  static String block(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      literal(block, namesAndValues[i]);
      literal(block, namesAndValues[i + 1]);
    }
    return text(block.toByteArray());
  }

  private static String text(byte[] octets) {
    return new String(octets, ISO_8859_1);
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    int rest = text.length();
    if (rest < 127) {
      block.write(rest);
    } else {
      block.write(127);
      for (rest -= 127; rest >= 128; rest >>>= 7) {
        block.write((rest & 0x7f) | 0x80);
      }
      block.write(rest);
    }
    for (int i = 0; i < text.length(); i++) {
      block.write(text.charAt(i));
    }
  }
}
