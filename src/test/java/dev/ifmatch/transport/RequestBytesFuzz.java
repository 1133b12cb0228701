package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.StrictReader.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Whatever a client sends, each request that is let in is one that a strict reader finds there, and
 * what goes on to the backend is that request to a strict reader again, and no other. In what
 * pieces the octets come changes nothing.
 */
public final class RequestBytesFuzz {
  private static final Limits LIMITS = LimitsBuilder.limits().maxHead(2048).maxTarget(512).build();
  private static final ProxySettings SETTINGS =
      new ProxySettings(
          Origin.parse("http://backend:8000"),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          RouteTable.of(RoutePolicy.DEFAULT),
          LIMITS,
          Http2Limits.DEFAULT,
          ProxySettings.HostField.CLIENT);

  /** What ends here or is written anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "upgrade");

  private RequestBytesFuzz() {}

  /** Reads the input as what a client sends on one connection. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    LetIn whole = LetIn.of(LIMITS, input, Math.max(1, input.length));
    StrictReader strict = StrictReader.of(input);
    List<Request> requests = whole.requests();
    int found = strict.requests().size();
    Claim.that(requests.size() <= found, "a request is let in that is none", text(input));
    Claim.that(
        whole.refused().isPresent() || requests.size() == found,
        "a request is neither let in nor refused",
        text(input));
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      Claim.that(request.equals(strict.requests().get(i)), "is another request", request, strict);
      Claim.that(request.values("host").size() <= 1, "has one host", request);
      forwarded(whole.heads().get(i), request, whole.trailers().get(i));
    }
    Random random = new Random(Arrays.hashCode(input));
    pieces(input, 1, whole);
    pieces(input, 1 + random.nextInt(1 + input.length), whole);
  }

  private static void pieces(byte[] input, int pieceBytes, LetIn whole) {
    LetIn other = LetIn.of(LIMITS, input, pieceBytes);
    Claim.that(other.requests().equals(whole.requests()), "the same is let in", text(input));
    boolean same = other.refused().equals(whole.refused());
    Claim.that(same, "the same is refused", text(input), other.refused(), whole.refused());
  }

  /** As the driver and the call do it: the body is streamed, or was received before. */
  private static void forwarded(HttpRequest head, Request request, HttpHeaders trailers)
      throws IOException {
    HttpHeaders streamed = prepared(head);
    if (isFramed(head.headers())) {
      Headers.frame(streamed, Headers.length(streamed));
      DefaultLastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      last.trailingHeaders().set(trailers);
      sent(encoded(head(head, streamed), new DefaultHttpContent(content(request)), last), request);
      HttpHeaders kept = prepared(head);
      Headers.frame(kept, request.body().length());
      sent(encoded(whole(head, kept, content(request))), request);
    } else {
      sent(encoded(whole(head, streamed, Unpooled.EMPTY_BUFFER)), request);
    }
  }

  private static boolean isFramed(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || Headers.length(headers) > 0;
  }

  private static HttpHeaders prepared(HttpRequest head) {
    HttpHeaders headers = head.headers().copy();
    HttpRequest received =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), headers);
    Headers.prepare(received, "127.0.0.1", SETTINGS);
    return headers;
  }

  private static HttpRequest head(HttpRequest head, HttpHeaders headers) {
    String target = Admission.originForm(head.uri());
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), target, headers);
  }

  private static HttpRequest whole(HttpRequest head, HttpHeaders headers, ByteBuf content) {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        head.method(),
        Admission.originForm(head.uri()),
        content,
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  private static ByteBuf content(Request request) {
    return Unpooled.wrappedBuffer(request.body().getBytes(ISO_8859_1));
  }

  private static void sent(byte[] octets, Request request) {
    StrictReader sent = StrictReader.of(octets);
    Claim.that(sent.rest() == StrictReader.Rest.NOTHING, "one request and no more", text(octets));
    Claim.that(sent.requests().size() == 1, "one request, not several", text(octets));
    means(sent.requests().get(0), request);
  }

  private static void means(Request sent, Request request) {
    Claim.that(sent.method().equals(request.method()), "its method", sent, request);
    String target = Admission.originForm(request.target());
    Claim.that(sent.target().equals(target), "its target", sent, request);
    Claim.that(sent.body().equals(request.body()), "its body", sent, request);
    Claim.that(sent.values("host").size() == 1, "one host", sent, request);
    for (String name : NOT_PASSED_ON) {
      Claim.that(sent.values(name).isEmpty(), "what ends here", name, sent);
    }
    boolean twoLengths =
        !sent.values("transfer-encoding").isEmpty() && !sent.values("content-length").isEmpty();
    Claim.that(!twoLengths, "one framing", sent);
  }

  private static byte[] encoded(Object... parts) throws IOException {
    EmbeddedChannel channel = new EmbeddedChannel(new WholeMessage.RequestEncoder());
    channel.writeOutbound(parts);
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
      piece.readBytes(octets, piece.readableBytes());
      piece.release();
    }
    channel.finishAndReleaseAll();
    return octets.toByteArray();
  }

  private static String text(byte[] input) {
    return new String(input, ISO_8859_1);
  }
}
