package dev.ifmatch.representation;

import dev.ifmatch.Claim;
import dev.ifmatch.http.EntityTag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * Any bytes are decoded just if the platform decodes them, to the same content, in whatever pieces
 * they come; and what is coded has its content's tag.
 */
public final class CodedContentFuzz {
  private CodedContentFuzz() {}

  /** Reads the input as coded content, and as content that is to be coded. */
  public static void fuzzerTestOneInput(byte[] input) {
    Random random = new Random(Arrays.hashCode(input));
    for (ContentCoding coding : new ContentCoding[] {ContentCoding.GZIP, ContentCoding.DEFLATE}) {
      Optional<EntityTag> tag = tag(coding, input, random);
      Optional<EntityTag> expected =
          decoded(coding, input)
              .map(Recipes::bytesTag)
              .map(plain -> plain.withCoding(coding.toString()));
      Claim.that(tag.equals(expected), "is decoded as by the platform", coding, input);
    }
    for (Coder coder : Coder.values()) {
      Optional<EntityTag> tag = tag(coder.coding, coder.encode(input), random);
      Optional<EntityTag> plain = tag.map(EntityTag::withoutCoding);
      Claim.that(plain.equals(Optional.of(Recipes.bytesTag(input))), "is coded", coder, input);
    }
  }

  private static Optional<EntityTag> tag(ContentCoding coding, byte[] content, Random random) {
    Fingerprint fingerprint = new Fingerprint(TagRecipe.DEFAULT, coding);
    int piece = 1 + random.nextInt(1 + content.length);
    for (int at = 0; at < content.length; at += piece) {
      fingerprint.update(ByteBuffer.wrap(content, at, Math.min(piece, content.length - at)));
    }
    int budget = 1 << (4 + random.nextInt(12));
    boolean finished = fingerprint.finish(budget);
    while (!finished) {
      finished = fingerprint.finish(budget);
    }
    return fingerprint.tag();
  }

  /** The content; empty where it is not coded so, or not as a whole, or too large. */
  private static Optional<byte[]> decoded(ContentCoding coding, byte[] coded) {
    try {
      byte[] content = coding == ContentCoding.GZIP ? gunzipped(coded) : inflated(coded);
      return Optional.of(content).filter(c -> c.length <= CodedContent.MAX_DECODED_BYTES);
    } catch (IOException | DataFormatException notInThatCoding) {
      return Optional.empty();
    }
  }

  private static byte[] gunzipped(byte[] coded) throws IOException {
    try (InputStream in = new GZIPInputStream(new NeverAtItsEnd(coded))) {
      return in.readNBytes(CodedContent.MAX_DECODED_BYTES + 1);
    }
  }

  /** Without it, Java does not look whether less than 19 octets begin another member. */
  private static final class NeverAtItsEnd extends ByteArrayInputStream {
    NeverAtItsEnd(byte[] octets) {
      super(octets);
    }

    @Override
    public synchronized int available() {
      return 1;
    }
  }

  /** With or without zlib's header, whichever decodes; the header is tried first. */
  private static byte[] inflated(byte[] coded) throws DataFormatException {
    boolean header =
        coded.length >= 2
            && (coded[0] & 0x0f) == 8
            && (coded[1] & 0x20) == 0
            && ByteBuffer.wrap(coded).getChar() % 31 == 0;
    Inflater inflater = new Inflater(!header);
    try {
      inflater.setInput(coded);
      byte[] content = new byte[64];
      int size = 0;
      while (!inflater.finished()) {
        if (size == content.length) {
          content = Arrays.copyOf(content, 2 * size);
        }
        int more = inflater.inflate(content, size, content.length - size);
        if ((more == 0 && inflater.needsInput() && !inflater.finished())
            || inflater.needsDictionary()
            || size + more > CodedContent.MAX_DECODED_BYTES) {
          throw new DataFormatException("cut off, too large, or made with a dictionary");
        }
        size += more;
      }
      return Arrays.copyOf(content, size);
    } finally {
      inflater.end();
    }
  }
}
