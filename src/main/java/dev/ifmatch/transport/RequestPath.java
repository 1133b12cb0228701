package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import dev.ifmatch.exchange.Exchange;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.policy.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way there of one exchange: from the request that the client sends to the one that the origin
 * gets. Confined to the client's event loop.
 */
final class RequestPath {
  private static final Logger LOG = LoggerFactory.getLogger(RequestPath.class);

  /** Whose request this is. */
  interface Owner extends ExchangeEvents {
    /** The body is wanted now: a client that waits to be told so is to go on. */
    void sendContinue();

    /** What was to be passed on of the body will not be had as a whole. */
    void onBodyBroken(Refusal refusal, String why);
  }

  private final Owner owner;
  private final ProxySettings settings;
  private final ClientPort client;
  private final ChannelHandlerContext ctx;
  private final HttpRequest request;
  private final RequestBody body;

  /** What is left to do when the body is here as a whole; null unless it is received so. */
  private Slices slices;

  RequestPath(
      Owner owner,
      ProxySettings settings,
      ClientPort client,
      ChannelHandlerContext ctx,
      HttpRequest request,
      boolean hasBody) {
    this.owner = owner;
    this.settings = settings;
    this.client = client;
    this.ctx = ctx;
    this.request = request;
    this.body = new RequestBody(hasBody, settings.limits().bodyMemoryBytes());
  }

  /** Makes the head one that can go to the origin, apart from its framing. */
  void prepare(String clientAddress) {
    Headers.prepare(request, clientAddress, settings);
    if (subjectField().isPresent()) {
      ClientSubject.pass(headers(), subjectField().get(), ctx.channel());
    }
  }

  // ---- what the client sends

  /** Whether the request has a body at all. */
  boolean hasBody() {
    return body.isExpected();
  }

  /** Whether a piece of the body could be taken now. */
  boolean takesBody() {
    return body.takesPieces();
  }

  /** Whether it is the client's turn to send. */
  boolean isAwaited() {
    return body.isAwaited();
  }

  /** Whether the whole body is being received before anything is done with it. */
  boolean isReceiving() {
    return body.isSpooling();
  }

  /** Takes the next piece over. */
  void onContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      String why = String.valueOf(content.decoderResult().cause().getMessage());
      refuse(Refusal.MALFORMED_REQUEST, "its body is not well-formed: " + why);
      return;
    }
    if (content instanceof LastHttpContent last && subjectField().isPresent()) {
      ClientSubject.strip(last.trailingHeaders(), subjectField().get());
    }
    boolean spooling = body.isSpooling();
    try {
      body.take(content);
    } catch (IOException e) {
      LOG.error("the temporary file of a request body cannot be written", e);
      refuse(Refusal.SPOOL_FAILED, "its temporary file could not be written");
      return;
    }
    if (spooling && body.size() > maxBodyBytes()) {
      refuse(Refusal.BODY_TOO_LARGE, tooLarge());
    } else if (spooling && !body.isSpooling()) {
      slices.finish(body.takeObserver(), () -> owner.tell(Exchange::onBodyReceived));
    }
  }

  /** All that came in one read was told. */
  void onReadComplete() {
    body.flush();
    body.pause();
  }

  void onLate(Duration silence) {
    String why = "no more of its body came for %d s".formatted(silence.toSeconds());
    refuse(Refusal.REQUEST_TIMEOUT, why);
  }

  /** The body that was asked for will not be had as a whole. */
  void refuse(Refusal refusal, String why) {
    boolean spooling = body.isSpooling();
    body.drop();
    if (spooling) {
      owner.tell(m -> m.onRefused(refusal, why));
    } else {
      owner.onBodyBroken(refusal, why);
    }
  }

  // ---- where it goes

  /**
   * Receives the whole body, unless it is too large by its own word. Then {@link
   * Exchange#onBodyReceived}, or {@link Exchange#onRefused}.
   *
   * @param observer sees the body while it comes in
   */
  void receive(BodyObserver observer) {
    if (Headers.length(headers()) > maxBodyBytes()) {
      body.drop();
      owner.tell(m -> m.onRefused(Refusal.BODY_TOO_LARGE, tooLarge()));
    } else {
      slices = new Slices(ctx.channel().eventLoop(), owner);
      body.startSpooling(observer);
      client.serve();
    }
  }

  /** Frames the request anew: what of its body is not here yet is passed on as it comes. */
  void frame() {
    if (body.isSpooled()) {
      Headers.frame(headers(), body.size());
    } else if (body.isExpected()) {
      Headers.frame(headers(), Headers.length(headers()));
      if (headers().contains(FieldName.EXPECT)) {
        headers().remove(FieldName.EXPECT);
        owner.sendContinue();
      }
      body.startStreaming();
    }
  }

  /** What the body goes behind. */
  void sendTo(OriginRequest asked) {
    body.sendTo(asked);
  }

  /** The origin takes more of the body. */
  void onOriginWritable() {
    try {
      if (body.isStreaming()) {
        client.serve();
        body.flush();
      } else {
        body.pump(ctx.alloc());
      }
    } catch (IOException e) {
      owner.crash(e); // the write is on its way, and the rest of it cannot be read back
    }
  }

  // ---- the end

  /** Who looked at the body need not come to an end with it. */
  void cancel() {
    if (slices != null) {
      slices.cancel();
    }
  }

  /** Gives back what is kept. */
  void close() {
    try {
      body.close();
    } catch (IOException e) {
      LOG.warn("the temporary file of a request body could not be closed", e);
    }
  }

  private HttpHeaders headers() {
    return request.headers();
  }

  private Optional<String> subjectField() {
    return settings.tls().clientSubjectField();
  }

  private long maxBodyBytes() {
    return settings.limits().maxBodyBytes();
  }

  private String tooLarge() {
    return "it is larger than %d bytes".formatted(maxBodyBytes());
  }
}
