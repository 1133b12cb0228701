package dev.ifmatch.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One refusal of one request, as the problem document that the client gets (RFC 9457).
 *
 * @param refusal what is refused, and with which status
 * @param method the request's method
 * @param target the request's target, as sent
 * @param guard where the resource is read whose state the request depends on, where that is another
 *     one than the target
 * @param why what this occurrence adds to the refusal's words; may be empty
 * @param status the status code that the route's clients expect
 * @param currentTag the entity-tag of the resource's current state, where it is known
 * @param changed what has changed since the client read the resource, as JSON Pointers into its
 *     current state, where it is known
 */
public record Problem(
    Refusal refusal,
    Method method,
    String target,
    Optional<String> guard,
    String why,
    int status,
    Optional<EntityTag> currentTag,
    Optional<List<String>> changed) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern PLACE_HOLDER = Pattern.compile("\\{(request|target|why)}");
  private static final String RETRY_AFTER_SECONDS = "1";

  /** A refusal of this request. */
  public static Problem of(Refusal refusal, RequestHead request, String why) {
    return of(refusal, request.method(), request.target(), why, refusal.status());
  }

  /** A refusal of this request, with the status that its route's clients expect. */
  public static Problem of(Refusal refusal, RequestHead request, String why, StatusCodes codes) {
    return of(refusal, request.method(), request.target(), why, refusal.status(codes));
  }

  /** A refusal of a request that could not be read far enough to have a head. */
  public static Problem ofUnreadable(Refusal refusal, String why) {
    return of(refusal, new Method(""), "", why, refusal.status());
  }

  private static Problem of(Refusal refusal, Method method, String target, String why, int status) {
    return new Problem(
        refusal, method, target, Optional.empty(), why, status, Optional.empty(), Optional.empty());
  }

  /** The same problem, saying what the resource's current tag is. */
  public Problem with(Optional<EntityTag> tag) {
    return new Problem(refusal, method, target, guard, why, status, tag, changed);
  }

  /** The same problem of a request that depends on the state of this resource. */
  public Problem guardedBy(Plan.Guarded guarded) {
    Optional<String> where = guarded.elsewhere() ? Optional.of(guarded.target()) : Optional.empty();
    return new Problem(refusal, method, target, where, why, status, currentTag, changed);
  }

  /** The same problem, saying what has changed. */
  public Problem withChanged(Optional<List<String>> pointers) {
    return new Problem(refusal, method, target, guard, why, status, currentTag, pointers);
  }

  /** The detail in plain words: what happened, and what to do. */
  public String detail() {
    String request = target.isEmpty() ? "The request" : method + " " + target;
    Map<String, String> words =
        Map.of("{request}", request, "{target}", guard.orElse(target), "{why}", why);
    String detail =
        PLACE_HOLDER
            .matcher(refusal.detail())
            .replaceAll(found -> Matcher.quoteReplacement(words.get(found.group())));
    boolean ofGuard = currentTag.isPresent() && refusal != Refusal.MISSING;
    return guard
        .filter(where -> ofGuard)
        .map(where -> "%s The version that counts is that of %s.".formatted(detail, where))
        .orElse(detail);
  }

  /** The fields of the answer that carries the problem document. */
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(FieldName.CONTENT_TYPE, "application/problem+json"));
    fields.add(new Field(FieldName.CACHE_CONTROL, "no-store"));
    if (currentTag.isPresent()) {
      String tag = currentTag.get().toString();
      fields.add(new Field(guard.isPresent() ? FieldName.GUARD_ETAG : FieldName.ETAG, tag));
      guard.ifPresent(where -> fields.add(new Field(FieldName.GUARD_LOCATION, where)));
    }
    if (refusal.hasRetryAfter()) {
      fields.add(new Field(FieldName.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
    if (refusal == Refusal.CONNECT_NOT_SUPPORTED) {
      fields.add(new Field(FieldName.ALLOW, "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"));
    }
    return fields;
  }

  /** The problem document, in UTF-8. */
  public byte[] toJson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", refusal.type());
      json.writeStringField("title", refusal.title());
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail());
      if (!target.isEmpty()) {
        json.writeStringField("instance", target);
        json.writeStringField("resource", guard.orElse(target).split("\\?", 2)[0]);
      }
      json.writeStringField("reason", refusal.toString());
      if (currentTag.isPresent()) {
        json.writeStringField("currentETag", currentTag.get().toString());
      }
      if (changed.isPresent()) {
        json.writeArrayFieldStart("changed");
        for (String pointer : changed.get()) {
          json.writeString(pointer);
        }
        json.writeEndArray();
      }
      json.writeBooleanField("sent", refusal.wasSent());
      if (refusal.outcomeUnknown()) {
        json.writeStringField("outcome", "unknown");
      }
      json.writeBooleanField("retryable", refusal.isRetryable());
      json.writeEndObject();
      json.writeRaw('\n'); // so that a shell's prompt does not run into it
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return "%d %s: %s".formatted(status, refusal, detail());
  }
}
