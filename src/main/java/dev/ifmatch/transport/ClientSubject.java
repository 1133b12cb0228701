package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;

/**
 * Tells the origin whose certificate the client has shown, in a field that no client can send
 * itself.
 */
final class ClientSubject {
  private static final AttributeKey<String> SUBJECT =
      AttributeKey.valueOf(ClientSubject.class, "subject");

  private ClientSubject() {}

  /** Keeps the subject with the connection, once its handshake is over. */
  static void keep(Channel connection, SSLEngine engine) {
    subject(engine).ifPresent(subject -> connection.attr(SUBJECT).set(subject));
  }

  private static Optional<String> subject(SSLEngine engine) {
    try {
      X509Certificate own = (X509Certificate) engine.getSession().getPeerCertificates()[0];
      return Optional.of(own.getSubjectX500Principal()).map(ClientSubject::text);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty(); // it was not asked for one
    }
  }

  /** The name by RFC 2253, where what is not printable ASCII is escaped (§2.4). */
  static String text(X500Principal subject) {
    return subject
        .getName(X500Principal.RFC2253)
        .codePoints()
        .mapToObj(Character::toString)
        .map(ClientSubject::escaped)
        .collect(Collectors.joining());
  }

  private static String escaped(String character) {
    if (character.charAt(0) >= ' ' && character.charAt(0) <= '~') {
      return character;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte octet : character.getBytes(UTF_8)) {
      escaped.append("\\%02X".formatted(octet));
    }
    return escaped.toString();
  }

  /**
   * Sets the field of a request, in place of whatever came from outside.
   *
   * @param channel the request's connection, or its stream within one
   */
  static void pass(HttpHeaders headers, String field, Channel channel) {
    strip(headers, field);
    Channel connection = channel instanceof SocketChannel ? channel : channel.parent();
    Attribute<String> subject = connection.attr(SUBJECT);
    if (subject.get() != null) {
      headers.set(field, subject.get());
    }
  }

  /** Takes the field off, under every name that a backend may take for it. */
  static void strip(HttpHeaders headers, String field) {
    for (Map.Entry<String, String> line : headers.entries()) {
      if (isAlias(line.getKey(), field)) {
        headers.remove(line.getKey());
      }
    }
  }

  /**
   * CGI and its children tell neither case nor {@code -} from {@code _} nor from any other mark.
   */
  private static boolean isAlias(String name, String field) {
    if (name.length() != field.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (folded(name.charAt(i)) != folded(field.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char folded(char letter) {
    if (letter >= 'A' && letter <= 'Z') {
      return (char) (letter | 0x20);
    }
    boolean counts = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    return counts ? letter : '-';
  }
}
