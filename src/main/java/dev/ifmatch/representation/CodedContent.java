package dev.ifmatch.representation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The form of a body in a content coding, kept until its end so that the coding can be taken off.
 * For one use; not thread-safe.
 *
 * <p>Both what is kept and what comes of it are bounded: content beyond either limit cannot be
 * decoded, which leaves it without a tag.
 */
final class CodedContent implements Form {
  /** The largest coded body that is kept. */
  static final int MAX_CODED_BYTES = 4 << 20;

  /** The largest body that may come of it: a few kilobytes of gzip can hold gigabytes. */
  static final int MAX_DECODED_BYTES = 64 << 20;

  private static final int PIECE_BYTES = 8 * 1024;

  /** About how many bytes are read in the time that it takes to decode one, and to pass it on. */
  private static final int READ_PER_DECODED = 3;

  /** What a step costs that decodes nothing: a gzip member, which may be empty, ends and begins. */
  private static final int LEAST_COST = 512;

  private final ContentCoding coding;
  private final Form form;
  private final byte[] piece = new byte[PIECE_BYTES];
  private byte[] kept = new byte[PIECE_BYTES];
  private int size;
  private Optional<InputStream> decoder = Optional.empty();
  private long decoded;
  private boolean whole;
  private boolean undecodable;

  /** Content whose decoded bytes are passed on to another form. */
  CodedContent(ContentCoding coding, Form form) {
    this.coding = coding;
    this.form = form;
  }

  @Override
  public void update(ByteBuffer view) {
    int more = view.remaining();
    if (undecodable || more > MAX_CODED_BYTES - size) {
      giveUp();
      view.position(view.limit());
      return;
    }
    if (size + more > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(MAX_CODED_BYTES, Math.max(size + more, 2 * size)));
    }
    view.get(kept, size, more);
    size += more;
  }

  @Override
  public boolean finish(int budget) {
    int left = budget;
    while (left > 0 && !whole && !undecodable) {
      left -= decode(left);
    }
    return undecodable || (whole && left > 0 && form.finish(left));
  }

  /** Whether all of it could be decoded within the limits; known once it is finished. */
  boolean isDecodable() {
    return !undecodable;
  }

  @Override
  public byte[] digest() {
    return form.digest();
  }

  @Override
  public Optional<FormFallback> fallback() {
    return form.fallback();
  }

  /** Passes on the next piece. Returns how much of the budget it took. */
  private int decode(int budget) {
    int most = Math.min(piece.length, 1 + budget / READ_PER_DECODED);
    try {
      if (decoder.isEmpty()) {
        decoder = Optional.of(decoder());
      }
      int length = decoder.get().read(piece, 0, most);
      if (length < 0) {
        whole = true;
        end();
        return 0;
      }
      decoded += length;
      if (decoded > MAX_DECODED_BYTES) {
        end();
        giveUp();
      } else {
        form.update(ByteBuffer.wrap(piece, 0, length));
        form.advance(length);
      }
      return Math.max(LEAST_COST, READ_PER_DECODED * length);
    } catch (IOException notInThatCoding) {
      giveUp(); // the caller says that such content has no tag
      return 0;
    }
  }

  private void giveUp() {
    undecodable = true;
    kept = new byte[0];
    size = 0;
  }

  private void end() throws IOException {
    decoder.orElseThrow().close();
    kept = new byte[0];
  }

  private InputStream decoder() throws IOException {
    if (coding == ContentCoding.GZIP) {
      return new GzipMembers(kept, size);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(kept, 0, size);
    return new InflaterInputStream(in, new Inflater(!hasZlibHeader()), PIECE_BYTES) {
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
  private boolean hasZlibHeader() {
    return size >= 2
        && (kept[0] & 0x0f) == 8
        && (kept[1] & 0x20) == 0
        && ((kept[0] & 0xff) << 8 | (kept[1] & 0xff)) % 31 == 0;
  }
}
