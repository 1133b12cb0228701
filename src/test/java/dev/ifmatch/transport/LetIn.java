package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of a client's octets is let in, as the proxy decodes it and looks it over. */
final class LetIn {
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
  private final RequestDecoder decoder;
  private final EmbeddedChannel channel;
  private final List<StrictReader.Request> requests = new ArrayList<>();
  private final List<HttpRequest> heads = new ArrayList<>();
  private final List<HttpHeaders> trailers = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private Optional<HttpRequest> head = Optional.empty();
  private Optional<String> refused = Optional.empty();

  LetIn(Limits limits) {
    decoder = new RequestDecoder(limits, Optional.of(this::leaveToHttp2));
    channel = new EmbeddedChannel(decoder);
    channel.config().setAllocator(memory);
  }

  /** The octets as one piece comes after the other. */
  static LetIn of(Limits limits, byte[] octets, int pieceBytes) {
    LetIn letIn = new LetIn(limits);
    for (int at = 0; at < octets.length; at += pieceBytes) {
      letIn.take(octets, at, Math.min(pieceBytes, octets.length - at));
    }
    letIn.close();
    return letIn;
  }

  /** Those that came as a whole. */
  List<StrictReader.Request> requests() {
    return requests;
  }

  /** The same as they were decoded, without their bodies. */
  List<HttpRequest> heads() {
    return heads;
  }

  /** What came behind the bodies of each. */
  List<HttpHeaders> trailers() {
    return trailers;
  }

  /** Why no more is let in; empty where more may come. */
  Optional<String> refused() {
    return refused;
  }

  private void leaveToHttp2(ChannelPipeline pipeline) {
    refused = Optional.of("HTTP/2");
    pipeline.remove(decoder);
  }

  private void take(byte[] octets, int at, int length) {
    ByteBuf piece = memory.buffer(length);
    channel.writeInbound(piece.writeBytes(octets, at, length));
    Object message = channel.readInbound();
    while (message != null) {
      if (refused.isEmpty()) {
        take(message);
      }
      ReferenceCountUtil.release(message);
      message = channel.readInbound();
      if (message == null && decoder.isHolding() && refused.isEmpty()) {
        decoder.resume(); // the one that offers an upgrade is over, and stays with HTTP/1.1
        channel.runPendingTasks();
        message = channel.readInbound();
      }
    }
  }

  private void take(Object message) {
    if (message instanceof HttpRequest request) {
      begin(request);
    } else if (message instanceof Problem problem) {
      refused = Optional.of(problem.refusal().toString());
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      refused = Optional.of("body");
    } else if (message instanceof HttpContent content) {
      body.append(content.content().toString(ISO_8859_1));
      if (content instanceof LastHttpContent last) {
        end();
        trailers.add(last.trailingHeaders().copy());
      }
    } else {
      throw new AssertionError("no decoder should say this: " + message);
    }
  }

  private void begin(HttpRequest request) {
    Claim.that(head.isEmpty(), "one request ends before the next begins", request);
    RequestHead received =
        new RequestHead(
            Method.of(request.method().name()), request.uri(), new NettyFields(request.headers()));
    int minorVersion = request.protocolVersion().minorVersion();
    Optional<Problem> problem = Admission.refuse(received, minorVersion);
    if (problem.isPresent()) {
      refused = problem.map(p -> p.refusal().toString());
    } else if (request.decoderResult().isFailure()) {
      refused = Optional.of("head");
    } else {
      head =
          Optional.of(
              new DefaultHttpRequest(
                  request.protocolVersion(),
                  request.method(),
                  request.uri(),
                  request.headers().copy()));
    }
  }

  private void end() {
    HttpRequest ended = head.orElseThrow();
    boolean framed =
        ended.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
            || Headers.length(ended.headers()) > 0;
    Claim.that(framed || body.isEmpty(), "what has no length has no body", ended, body);
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, String> field : ended.headers()) {
      fields.add(field.getKey().toLowerCase(Locale.ROOT) + ":" + field.getValue());
    }
    requests.add(
        new StrictReader.Request(ended.method().name(), ended.uri(), fields, body.toString()));
    heads.add(ended);
    head = Optional.empty();
    body.setLength(0);
  }

  private void close() {
    channel.finishAndReleaseAll();
    long kept = memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    Claim.that(kept == 0, "no buffer is left", kept);
  }
}
