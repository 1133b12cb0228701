package dev.ifmatch.transport;

import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Problem;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of an HTTP/2 client, and its answer. What comes of the body waits here until the
 * exchange takes it; only then the client may send as much again, which is how back-pressure
 * reaches it. A stream that the client resets is a client that has left. Confined to the client's
 * event loop.
 */
final class Http2ClientStream extends ChannelInboundHandlerAdapter
    implements ClientPort, ChannelFutureListener {
  private static final Logger LOG = LoggerFactory.getLogger(Http2ClientStream.class);

  private final Proxy proxy;
  private final Http2ClientConnection connection;
  private ChannelHandlerContext ctx;
  private Optional<ExchangeDriver> exchange = Optional.empty();
  private Optional<Http2WaitingBody> waiting = Optional.empty();
  private boolean begun;
  private boolean endReceived;
  private boolean requestComplete;
  private boolean answered;
  private boolean gone;
  private boolean serving;
  private long touchedAt = System.nanoTime();
  private final ReadProgress progress = new ReadProgress();

  Http2ClientStream(Proxy proxy, Http2ClientConnection connection) {
    this.proxy = proxy;
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connection.onOpened(this);
  }

  // ---- what the client sends

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2HeadersFrame head && !begun) {
      touch();
      begun = true;
      endReceived = head.isEndStream();
      begin(head);
    } else if (message instanceof Http2HeadersFrame || message instanceof Http2DataFrame) {
      keep((Http2StreamFrame) message);
    } else {
      ReferenceCountUtil.release(message);
      connection.onControlFrame();
    }
  }

  private void keep(Http2StreamFrame frame) {
    endReceived |= Http2RequestContent.isLast(frame);
    if (answered || waiting.isEmpty()) {
      ReferenceCountUtil.release(frame);
    } else {
      Http2WaitingBody body = waiting.get();
      body.add(frame);
      serve();
      if (body.size() > connection.settings().http2().maxWaitingFrames()) {
        reset(Http2Error.ENHANCE_YOUR_CALM);
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    exchange.ifPresent(driver -> driver.request().onReadComplete());
  }

  private void begin(Http2HeadersFrame frame) {
    requestComplete = endReceived;
    Http2RequestHead read = new Http2RequestHead(frame.headers());
    Optional<Problem> unreadable = read.problem(connection.settings().limits());
    if (unreadable.isPresent()) {
      refuse(unreadable.get(), read.asksForHeadOnly());
      return;
    }
    HttpRequest request = read.request();
    RequestHead head =
        new RequestHead(
            Method.of(request.method().name()), request.uri(), new NettyFields(request.headers()));
    Optional<Problem> refused = Admission.refuse(head, 1);
    if (refused.isPresent()) {
      refuse(refused.get(), read.asksForHeadOnly());
      return;
    }
    if (!requestComplete) {
      waiting = Optional.of(new Http2WaitingBody(Headers.length(request.headers())));
    }
    ExchangeDriver driver = new ExchangeDriver(proxy, this, ctx, request, head, !requestComplete);
    exchange = Optional.of(driver);
    driver.start(connection.address());
  }

  private void refuse(Problem problem, boolean headOnly) {
    answered = true;
    ProblemWriter.refuse(ctx, problem, headOnly);
    ctx.flush();
    proxy.listener().onRefused(problem);
  }

  @Override
  public void serve() {
    if (serving || waiting.isEmpty()) {
      return;
    }
    Http2WaitingBody body = waiting.get();
    serving = true;
    try {
      while (body.hasNext() && exchange.isPresent() && exchange.get().request().takesBody()) {
        take(body.next(), exchange.get().request());
      }
    } finally {
      serving = false;
    }
  }

  private void take(Http2StreamFrame frame, RequestPath taker) {
    touch();
    HttpContent piece = Http2RequestContent.of(frame);
    requestComplete = piece instanceof LastHttpContent && piece.decoderResult().isSuccess();
    int bytes = Http2RequestContent.windowBytes(frame);
    taker.onContent(piece);
    if (bytes > 0 && ctx.channel().isActive()) {
      ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(bytes));
    }
  }

  @Override
  public boolean isRequestComplete() {
    return requestComplete;
  }

  // ---- how the answer goes

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (ctx.channel().isWritable()) {
      progress.onWritable();
    }
    exchange.ifPresent(ExchangeDriver::onClientWritabilityChanged);
  }

  @Override
  public void onExchangeOver(boolean keepAlive) {
    touch();
    answered = true;
    exchange = Optional.empty();
    releaseWaiting();
  }

  /**
   * The end of the answer has left. Where the request's has not come, the client is told that
   * nobody waits for it (RFC 9113 §8.1).
   */
  @Override
  public void operationComplete(ChannelFuture sent) {
    if (gone) {
      return;
    }
    if (!sent.isSuccess()) {
      cut();
    } else if (!endReceived) {
      reset(Http2Error.NO_ERROR);
    }
  }

  @Override
  public void cut() {
    reset(Http2Error.INTERNAL_ERROR);
  }

  private void reset(Http2Error error) {
    if (!gone && ctx.channel().isActive()) {
      ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
      ctx.close();
    }
  }

  // ---- the end

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame) {
      leave();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    leave();
    connection.onClosed(this);
  }

  private void leave() {
    gone = true;
    answered = true;
    releaseWaiting();
    Optional<ExchangeDriver> left = exchange;
    exchange = Optional.empty();
    left.ifPresent(ExchangeDriver::onClientGone);
  }

  private void releaseWaiting() {
    waiting.ifPresent(Http2WaitingBody::release);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause instanceof Http2Exception) {
      LOG.debug("client {}: a stream ended: {}", connection.address(), cause.getMessage());
      gone = true; // the codec ends it
      if (cause instanceof Http2Exception error && error.error() == Http2Error.PROTOCOL_ERROR) {
        refuseBody(error);
      }
    } else {
      LOG.error("client {}: a stream ended by an unexpected error", connection.address(), cause);
      cut();
    }
  }

  /**
   * Has what is wrong with a body, which is most often its length, answered before the codec resets
   * the stream (RFC 9113 §8.1.1). Behind its end, it is not the body that is wrong.
   */
  private void refuseBody(Http2Exception why) {
    if (exchange.isPresent() && !endReceived) {
      releaseWaiting();
      exchange.get().request().onContent(Http2RequestContent.malformed(why));
      ctx.channel().parent().flush(); // what is not sent by then is taken back with the reset
    }
  }

  // ---- time

  private void touch() {
    touchedAt = System.nanoTime();
  }

  /**
   * Looks whether it is the client that keeps this waiting.
   *
   * @param now the time, in nanoseconds
   * @param patience how long the client may send or read nothing
   */
  void look(long now, Duration patience) {
    if (now - touchedAt < patience.toNanos()) {
      return;
    }
    touch();
    long unsentBytes = Http2AnswerEncoder.unsentBytes(ctx.channel());
    if (progress.hasStopped(unsentBytes)) {
      reset(Http2Error.CANCEL); // it has read nothing of its answer since the last look
    } else if (unsentBytes == 0 && exchange.isEmpty()) {
      reset(Http2Error.CANCEL);
    } else if (unsentBytes == 0 && exchange.get().request().isAwaited()) {
      exchange.get().request().onLate(patience);
    }
  }
}
