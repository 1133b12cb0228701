package dev.ifmatch.doctor;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import dev.ifmatch.representation.FormFallback;
import dev.ifmatch.representation.TagRecipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One answer as it arrived. Immutable, as long as nobody changes the array. */
final class Reading {
  /** The largest body that is read. */
  static final int MAX_BYTES = 16 << 20;

  private final ResponseHead head;
  private final byte[] content;
  private final boolean whole;

  /**
   * An answer.
   *
   * @param body its body as it was sent, or the beginning of it
   * @param whole whether that is all
   */
  Reading(ResponseHead head, byte[] body, boolean whole) {
    this.head = head;
    Optional<byte[]> decoded = whole ? decoded(head, body) : Optional.empty();
    this.content = decoded.orElse(body);
    this.whole = whole;
  }

  private static Optional<byte[]> decoded(ResponseHead head, byte[] body) {
    if (!ContentCoding.of(head.fields()).equals(Optional.of(ContentCoding.GZIP))) {
      return Optional.empty();
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return Optional.of(in.readNBytes(MAX_BYTES));
    } catch (IOException notGzip) {
      return Optional.empty(); // what cannot be decoded is compared as it was sent
    }
  }

  int status() {
    return head.status();
  }

  /** Its body without gzip, or the beginning of it where it is not whole. */
  byte[] content() {
    return content;
  }

  boolean isWhole() {
    return whole;
  }

  /** The value of a field; empty text where it is not there. */
  String field(String name) {
    return head.fields().first(name).orElse("");
  }

  ResponseHead head() {
    return head;
  }

  Optional<EntityTag> tag() {
    return head.entityTag();
  }

  /** The media type, without parameters. */
  String type() {
    return field(FieldName.CONTENT_TYPE).split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  /** Whether a body of this media type never ends, or replaces itself. */
  static boolean isEndless(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("text/event-stream") || lower.startsWith("multipart/x-mixed-replace");
  }

  /** The tag that ifmatch makes of the content; empty where it makes none. */
  Optional<EntityTag> tagBy(TagRecipe recipe) {
    return fingerprint(recipe).tag();
  }

  /** Why the content has no JSON form. */
  Optional<FormFallback> fallback(TagRecipe recipe) {
    Fingerprint fingerprint = fingerprint(recipe);
    boolean made = fingerprint.tag().isPresent();
    return made ? fingerprint.fallback() : Optional.of(FormFallback.NOT_JSON);
  }

  private Fingerprint fingerprint(TagRecipe recipe) {
    Fingerprint fingerprint = new Fingerprint(recipe, ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap(content));
    return fingerprint;
  }
}
