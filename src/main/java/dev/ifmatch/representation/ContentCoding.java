package dev.ifmatch.representation;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The content codings that can be taken off, so that a tag stands for the content itself (RFC 9110
 * §8.4).
 */
public enum ContentCoding {
  IDENTITY,
  GZIP,
  DEFLATE;

  /**
   * The coding of a message's content; empty where it is one that cannot be taken off, or several.
   */
  public static Optional<ContentCoding> of(Fields fields) {
    List<String> codings = fields.members(FieldName.CONTENT_ENCODING);
    if (codings.isEmpty()) {
      return Optional.of(IDENTITY);
    }
    return codings.size() == 1 ? named(codings.get(0)) : Optional.empty();
  }

  /** Cuts {@code Accept-Encoding} down to what can be taken off again; never widens it. */
  public static void restrict(Fields request) {
    if (!request.has(FieldName.ACCEPT_ENCODING)) {
      return;
    }
    String kept =
        request.members(FieldName.ACCEPT_ENCODING).stream()
            .filter(member -> named(member.split(";", 2)[0].trim()).isPresent())
            .collect(Collectors.joining(", "));
    request.set(FieldName.ACCEPT_ENCODING, kept.isEmpty() ? IDENTITY.toString() : kept);
  }

  private static Optional<ContentCoding> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "identity" -> Optional.of(IDENTITY);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      case "deflate" -> Optional.of(DEFLATE);
      default -> Optional.empty();
    };
  }

  /** The registered name, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
