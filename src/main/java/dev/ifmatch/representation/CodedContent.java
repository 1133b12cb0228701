package dev.ifmatch.representation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A body in a content coding, kept until its end so that the coding can be taken off. For one use;
 * not thread-safe.
 *
 * <p>Both what is kept and what comes of it are bounded: content beyond either limit cannot be
 * decoded, which leaves it without a tag.
 */
final class CodedContent {
  /** The largest coded body that is kept. */
  static final int MAX_CODED_BYTES = 4 << 20;

  /** The largest body that may come of it: a few kilobytes of gzip can hold gigabytes. */
  static final int MAX_DECODED_BYTES = 64 << 20;

  private static final int PIECE_BYTES = 8 * 1024;

  private final ContentCoding coding;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(PIECE_BYTES);
  private boolean tooLarge;

  CodedContent(ContentCoding coding) {
    this.coding = coding;
  }

  void add(ByteBuffer view) {
    if (tooLarge || kept.size() + view.remaining() > MAX_CODED_BYTES) {
      tooLarge = true;
      kept.reset();
      return;
    }
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    kept.write(bytes, 0, bytes.length);
  }

  /**
   * Feeds the decoded bytes to a form.
   *
   * @return whether all of them could be decoded within the limits
   */
  boolean decodeInto(Form form) {
    if (tooLarge) {
      return false;
    }
    byte[] piece = new byte[PIECE_BYTES];
    long decoded = 0;
    try (InputStream in = decoder(kept.toByteArray())) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        decoded += n;
        if (decoded > MAX_DECODED_BYTES) {
          return false;
        }
        form.update(ByteBuffer.wrap(piece, 0, n));
      }
      return true;
    } catch (IOException notInThatCoding) {
      return false; // the caller says that such content has no tag
    }
  }

  private InputStream decoder(byte[] coded) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(coded);
    if (coding == ContentCoding.GZIP) {
      return new GZIPInputStream(in, PIECE_BYTES);
    }
    return new InflaterInputStream(in, new Inflater(!hasZlibHeader(coded)), PIECE_BYTES) {
      @Override
      public void close() throws IOException {
        super.close();
        inf.end(); // the stream would end an inflater of its own only
      }
    };
  }

  /**
   * Servers send {@code deflate} with and without the zlib header that RFC 9110 §8.4.1.2 names. One
   * that asks for a preset dictionary counts as none, or its content would pass for empty.
   */
  private static boolean hasZlibHeader(byte[] coded) {
    return coded.length >= 2
        && (coded[0] & 0x0f) == 8
        && (coded[1] & 0x20) == 0
        && ((coded[0] & 0xff) << 8 | (coded[1] & 0xff)) % 31 == 0;
  }
}
