package dev.ifmatch.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which protocols a request may switch its connection to (RFC 9110 §7.8). What comes after that is
 * not looked at: a protocol that carries HTTP requests would carry writes past every check.
 *
 * @param protocols their names in lower case, without versions; {@link #ANY} for all but those that
 *     carry HTTP
 */
public record Upgrades(List<String> protocols) {
  /** The protocol of which browsers and backends show each other that they mean it. */
  static final String WEBSOCKET = "websocket";

  /** Stands for every protocol, but for those that carry HTTP. */
  static final String ANY = "any";

  private static final Set<String> CARRY_HTTP =
      Set.of("http", "https", "shttp", "h2", "h2c", "h3", "spdy", "tls", "ssl");

  /** What holds where nothing else is said. */
  public static final Upgrades DEFAULT = new Upgrades(List.of(WEBSOCKET));

  /** Copies the list. */
  public Upgrades {
    protocols = List.copyOf(protocols);
  }

  /**
   * Reads a protocol's name.
   *
   * @throws IllegalArgumentException if none can be allowed by it; the message says why
   */
  public static String protocol(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
      throw new IllegalArgumentException(
          "'%s' is not the name of a protocol; write it without a version, e.g. websocket"
              .formatted(text));
    }
    if (CARRY_HTTP.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' carries HTTP requests, and writes among them would not be checked; it cannot be"
                  .formatted(text)
              + " allowed");
    }
    return name;
  }

  /** Whether a member of {@code Upgrade} may pass: {@code websocket}, {@code name/1.0}. */
  boolean allows(String member) {
    String name = name(member);
    return protocols.contains(name) || (protocols.contains(ANY) && !CARRY_HTTP.contains(name));
  }

  /** The protocol without its version. */
  static String name(String member) {
    int slash = member.indexOf('/');
    return (slash < 0 ? member : member.substring(0, slash)).trim().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return protocols.toString();
  }
}
