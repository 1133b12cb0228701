package dev.ifmatch.representation;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Takes the coding {@code gzip} off: members, one behind the other (RFC 1952 §2.2). What stands
 * behind the last and is none is passed over. Not thread-safe.
 *
 * <p>Java's own stream goes one call deeper for each member that is empty, and does not come back
 * before it has found one that is not: a body of nothing else would end the thread's stack. Here,
 * {@link #read(byte[], int, int)} takes a step for each, and may return 0.
 */
final class GzipMembers extends InputStream {
  private static final int DEFLATE = 8;
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int HAS_HEADER_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] coded;
  private final int size;
  private int position;
  private boolean started;
  private boolean whole;

  /** A body as it was received: this many of the bytes. */
  GzipMembers(byte[] coded, int size) {
    this.coded = coded;
    this.size = size;
  }

  /**
   * Reads on.
   *
   * @return how many bytes came, 0 where a member ended and another follows, -1 at the end
   * @throws IOException if it is no gzip, or not whole
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (whole) {
      return -1;
    }
    if (!started) {
      started = true;
      startMember();
    }
    try {
      int read = inflater.inflate(into, offset, length);
      if (read > 0) {
        crc.update(into, offset, read);
        return read;
      }
    } catch (DataFormatException e) {
      throw new IOException("its content is damaged", e);
    }
    if (!inflater.finished()) {
      throw new ZipException("it ends within a member");
    }
    endMember();
    return whole ? -1 : 0;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("single bytes are never asked for");
  }

  private void startMember() throws IOException {
    int start = position;
    if (next() != 0x1f || next() != 0x8b || next() != DEFLATE) {
      throw new ZipException("no member starts here");
    }
    int flags = next();
    skip(HEADER_BYTES - 4);
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      crc.reset();
      crc.update(coded, start, position - start);
      expect(crc.getValue() & 0xffff, 2);
    }
    crc.reset();
    inflater.reset();
    inflater.setInput(coded, position, size - position);
  }

  private void endMember() throws IOException {
    position = size - inflater.getRemaining();
    if (size - position < TRAILER_BYTES) {
      throw new ZipException("it ends within a member");
    }
    expect(crc.getValue(), 4);
    expect(inflater.getBytesWritten() & 0xffff_ffffL, 4);
    try {
      startMember();
    } catch (IOException noMember) {
      whole = true; // as other decoders do with what is no gzip
    }
  }

  private void expect(long value, int octets) throws IOException {
    long found = 0;
    for (int i = 0; i < octets; i++) {
      found |= (long) next() << (8 * i);
    }
    if (found != value) {
      throw new ZipException("a check sum is wrong");
    }
  }

  private void skipText() throws IOException {
    int octet = next();
    while (octet != 0) {
      octet = next();
    }
  }

  private void skip(int count) throws IOException {
    if (count > size - position) {
      throw new ZipException("it ends within a head");
    }
    position += count;
  }

  private int next() throws IOException {
    skip(1);
    return coded[position - 1] & 0xff;
  }

  @Override
  public void close() {
    whole = true;
    inflater.end();
  }
}
