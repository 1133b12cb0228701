package dev.ifmatch.transport;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.policy.Admission;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a gateway does to every head that it passes on (RFC 9110 §7.6). */
final class Headers {
  private static final AsciiString VIA = AsciiString.cached("Via");
  private static final AsciiString VIA_1 = AsciiString.cached("1.1 ifmatch");
  private static final AsciiString VIA_2 = AsciiString.cached("2.0 ifmatch");
  private static final AsciiString X_FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
  private static final AsciiString X_FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");
  private static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");

  private static final List<AsciiString> HOP_BY_HOP =
      List.of(
          HttpHeaderNames.CONNECTION,
          AsciiString.cached("keep-alive"),
          AsciiString.cached("proxy-connection"),
          HttpHeaderNames.PROXY_AUTHENTICATE,
          HttpHeaderNames.PROXY_AUTHORIZATION,
          HttpHeaderNames.TE,
          HttpHeaderNames.TRAILER,
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.UPGRADE);

  private static final Set<String> CHUNKED_OR_NONE = Set.of("chunked", "identity");

  private Headers() {}

  /**
   * Takes off what is meant for one connection only: the known fields and those it names, but never
   * what routes or frames the message.
   */
  static void stripHopByHop(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.CONNECTION)) {
      for (String name : new NettyFields(headers).members(FieldName.CONNECTION)) {
        if (!HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)
            && !HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
          headers.remove(name);
        }
      }
    }
    for (AsciiString name : HOP_BY_HOP) {
      headers.remove(name);
    }
  }

  /** Takes off what is meant for one connection only, but for the switch to another protocol. */
  static void keepUpgrade(HttpHeaders headers) {
    String protocols = String.join(", ", new NettyFields(headers).all(FieldName.UPGRADE));
    stripHopByHop(headers);
    headers.remove(HttpHeaderNames.CONTENT_LENGTH); // RFC 9110 §8.6: none in a 1xx
    headers.set(FieldName.CONNECTION, FieldName.UPGRADE);
    headers.set(FieldName.UPGRADE, protocols);
  }

  /** Makes a client's request one that can go to the origin, apart from its framing. */
  static void prepare(HttpRequest request, String clientAddress, ProxySettings settings) {
    HttpHeaders headers = request.headers();
    stripHopByHop(headers);
    Admission.authority(request.uri())
        .ifPresent(authority -> headers.set(HttpHeaderNames.HOST, authority));
    addClient(headers, clientAddress);
    if (!headers.contains(X_FORWARDED_PROTO)) {
      headers.set(X_FORWARDED_PROTO, settings.tls().isOn() ? "https" : "http");
    }
    String asked = headers.get(HttpHeaderNames.HOST);
    if (asked == null || settings.hostField() == ProxySettings.HostField.ORIGIN) {
      headers.set(FieldName.HOST, settings.origins().first().authority());
      if (asked != null && !headers.contains(X_FORWARDED_HOST)) {
        headers.set(X_FORWARDED_HOST, asked);
      }
    }
    headers.add(VIA, request.protocolVersion().majorVersion() == 2 ? VIA_2 : VIA_1);
  }

  private static void addClient(HttpHeaders headers, String address) {
    if (headers.contains(X_FORWARDED_FOR)) {
      List<String> seen = new ArrayList<>(headers.getAll(X_FORWARDED_FOR));
      seen.add(address);
      headers.set(X_FORWARDED_FOR, String.join(", ", seen));
    } else {
      headers.set(X_FORWARDED_FOR, address);
    }
  }

  /** Frames a message anew: a known length, or chunks where it is negative. */
  static void frame(HttpHeaders headers, long length) {
    if (length < 0) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
      headers.set(FieldName.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else if (length(headers) != length) {
      headers.set(FieldName.CONTENT_LENGTH, Long.toString(length));
    }
  }

  /** Whether the message came in a transfer coding that nobody takes off here. */
  static boolean isCoded(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && !new NettyFields(headers)
            .members(FieldName.TRANSFER_ENCODING).stream()
                .allMatch(coding -> CHUNKED_OR_NONE.contains(coding.toLowerCase(Locale.ROOT)));
  }

  /** The message's length by its own word; -1 where it tells none. */
  static long length(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length.trim());
  }
}
