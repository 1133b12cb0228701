package dev.ifmatch.transport.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** As much of DER (X.690) as it takes to put a key into the form that Java reads. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  private Der() {}

  /** A value of this type that consists of these octets. */
  static byte[] value(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    } else {
      throw new IllegalArgumentException("%d octets are no key".formatted(length));
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /**
   * The content of the first value of a type within a sequence.
   *
   * @throws IllegalArgumentException if it is no sequence
   */
  static Optional<byte[]> find(int tag, byte[] sequence) {
    int at = header(sequence, 0);
    if (sequence[0] != SEQUENCE) {
      throw new IllegalArgumentException("it is no sequence");
    }
    while (at < sequence.length) {
      int content = header(sequence, at);
      int end = content + length(sequence, at);
      if (end > sequence.length) {
        throw new IllegalArgumentException("it is cut off");
      }
      if ((sequence[at] & 0xff) == tag) {
        return Optional.of(Arrays.copyOfRange(sequence, content, end));
      }
      at = end;
    }
    return Optional.empty();
  }

  /** Where the content of the value begins that begins here. */
  private static int header(byte[] der, int at) {
    if (at + 2 > der.length) {
      throw new IllegalArgumentException("it is cut off");
    }
    int octets = (der[at + 1] & 0x80) == 0 ? 0 : der[at + 1] & 0x7f;
    if (octets > 3 || at + 2 + octets > der.length) {
      throw new IllegalArgumentException("it is cut off");
    }
    return at + 2 + octets;
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }
}
