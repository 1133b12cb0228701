package dev.ifmatch.http;

import java.util.Optional;

/**
 * The head of a response: status and fields. The fields are the message's own and may be changed.
 * Not thread-safe.
 *
 * @param status the status code: 200 to 599, or 101 where a protocol is switched
 * @param fields the header section
 */
public record ResponseHead(int status, Fields fields) {

  /** The same fields under another status. */
  public ResponseHead with(int other) {
    return new ResponseHead(other, fields);
  }

  /** Whether the request was received, understood and accepted (RFC 9110 §15.3). */
  public boolean isSuccessful() {
    return status >= 200 && status < 300;
  }

  /** The entity-tag; empty where there is none or it is malformed. */
  public Optional<EntityTag> entityTag() {
    return fields
        .first(FieldName.ETAG)
        .flatMap(
            value -> {
              try {
                return Optional.of(EntityTag.parse(value.trim()));
              } catch (IllegalArgumentException malformed) {
                return Optional.empty(); // a tag that no client could send back is none
              }
            });
  }

  /** The entity-tag, where it can serve {@code If-Match}: one that is strong. */
  public Optional<EntityTag> strongTag() {
    return entityTag().filter(tag -> !tag.weak());
  }

  /** The modification date; empty where there is none or it is malformed (RFC 9110 §8.8.2). */
  public Optional<HttpDate> lastModified() {
    return fields.first(FieldName.LAST_MODIFIED).flatMap(ResponseHead::dateIfValid);
  }

  private static Optional<HttpDate> dateIfValid(String value) {
    try {
      return Optional.of(HttpDate.parse(value));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty(); // RFC 9110 §8.8.2: a date that cannot be read is no validator
    }
  }
}
