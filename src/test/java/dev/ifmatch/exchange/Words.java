package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Sighting;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What messages are called in scripts, where {@code #v1} is the tag made from the body {@code v1}.
 */
final class Words {
  private static final Map<String, String> TAGS = new LinkedHashMap<>();

  static {
    for (String body : List.of("v0", "v1", "v2", "v3")) {
      EntityTag plain = tagOf(body);
      TAGS.put("#" + body + "-gzip", plain.withCoding("gzip").toString());
      TAGS.put("#" + body, plain.toString());
    }
  }

  private Words() {}

  private static EntityTag tagOf(String body) {
    Fingerprint fingerprint =
        new Fingerprint(TagRecipe.DEFAULT.with(HashAlgorithm.SHA_256), ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    return fingerprint.tag().orElseThrow();
  }

  /** From a script's words to those of a message. */
  static String written(String script) {
    String text = script;
    if (script.indexOf('#') >= 0) {
      for (Map.Entry<String, String> tag : TAGS.entrySet()) {
        text = text.replace(tag.getKey(), tag.getValue());
      }
    }
    return text;
  }

  private static String named(String text) {
    String script = text;
    if (text.indexOf('"') >= 0) {
      for (Map.Entry<String, String> tag : TAGS.entrySet()) {
        script = script.replace(tag.getValue(), tag.getKey());
      }
    }
    return script;
  }

  static String of(RequestHead head) {
    StringBuilder text = new StringBuilder(64);
    text.append(head.method()).append(' ').append(head.target());
    for (String name : Preconditions.FIELDS) {
      head.fields().all(name).forEach(v -> text.append(' ').append(name).append(": ").append(v));
    }
    return named(text.toString());
  }

  static String of(ResponseHead head) {
    String tag = head.fields().first(FieldName.ETAG).map(value -> " ETag: " + value).orElse("");
    String guard =
        head.fields().first(FieldName.GUARD_ETAG).map(v -> " Guard-ETag: " + v).orElse("");
    return head.status() + named(tag + guard);
  }

  /** Behind {@code releaseLock}. */
  static String of(Sighting seen) {
    return seen.state().announcedTag().map(tag -> named(", seen " + tag)).orElse(", nothing there");
  }

  /** Behind a reply. */
  static String of(Optional<EntityTag> tag) {
    return tag.map(known -> named(" ETag: " + known)).orElse("");
  }
}
