package dev.ifmatch.transport;

import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: serves its requests one after the other, each in an {@link
 * ExchangeDriver}, and holds back what comes too early. It reads on while nothing waits, so that a
 * client's leaving is noticed, and not while something does, which is how back-pressure reaches the
 * client.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter
    implements ClientConnection, ClientPort {
  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  private final Proxy proxy;
  private final RequestDecoder decoder;

  /** That of the time when it connected. */
  private final Duration clientTimeout;

  private final Deque<Object> waiting = new ArrayDeque<>();
  private ChannelHandlerContext ctx;
  private String address = "";
  private Deadline deadline;
  private Optional<ExchangeDriver> exchange = Optional.empty();
  private boolean requestComplete = true;
  private boolean endMarkPending;
  private boolean serving;
  private boolean draining;
  private boolean closing;
  private boolean tunnelling;
  private long unsentBytes;

  ClientHandler(Proxy proxy, RequestDecoder decoder) {
    this.proxy = proxy;
    this.decoder = decoder;
    this.clientTimeout = proxy.settings().limits().clientTimeout();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    deadline = new Deadline(ctx.channel().eventLoop(), clientTimeout, this::onSilence);
  }

  /** The connection goes on in another version of HTTP. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    deadline.stop();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote) {
      address = remote.getAddress().getHostAddress();
    }
    deadline.touch();
  }

  @Override
  public void drain() {
    draining = true;
    if (tunnelling) {
      return; // nobody here knows how its protocol ends: it has until the drain limit
    }
    if (exchange.isPresent()) {
      exchange.get().closeAfterwards();
    } else if (!decoder.isWithinHead()) {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    waiting.addLast(message);
    serve();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    exchange.ifPresent(driver -> driver.request().onReadComplete());
  }

  /** Handles what waits, as far as it can be taken now. */
  @Override
  public void serve() {
    if (serving) {
      return;
    }
    serving = true;
    try {
      while (!waiting.isEmpty() && canTake(waiting.peekFirst())) {
        take(waiting.pollFirst());
      }
    } finally {
      serving = false;
    }
    boolean reads = closing || (waiting.isEmpty() && !decoder.isFull());
    if (ctx.channel().config().isAutoRead() != reads) {
      ctx.channel().config().setAutoRead(reads);
    }
  }

  private boolean canTake(Object message) {
    boolean endMark = endMarkPending && message instanceof LastHttpContent;
    boolean nextRequest = exchange.isEmpty() && requestComplete && ctx.channel().isWritable();
    return closing
        || endMark
        || nextRequest
        || (!requestComplete && exchange.isPresent() && exchange.get().request().takesBody());
  }

  private void take(Object message) {
    deadline.touch();
    if (closing) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      begin(request);
    } else if (message instanceof Problem problem) {
      refuse(problem);
    } else if (endMarkPending) {
      endMarkPending = false;
    } else {
      HttpContent content = (HttpContent) message;
      requestComplete = content instanceof LastHttpContent && !content.decoderResult().isFailure();
      exchange.orElseThrow().request().onContent(content);
    }
  }

  private void begin(HttpRequest request) {
    RequestHead head =
        new RequestHead(
            Method.of(request.method().name()), request.uri(), new NettyFields(request.headers()));
    int minorVersion = request.protocolVersion().minorVersion();
    if (minorVersion == 0) {
      request.headers().remove(HttpHeaderNames.UPGRADE); // RFC 9110 §7.8: it offers nothing
    }
    Optional<Problem> refused =
        Admission.refuse(head, minorVersion).or(() -> undecodable(request.decoderResult()));
    if (refused.isPresent()) {
      refuse(refused.get());
      return;
    }
    boolean hasBody =
        request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
            || Headers.length(request.headers()) > 0;
    requestComplete = !hasBody;
    endMarkPending = !hasBody;
    ExchangeDriver driver = new ExchangeDriver(proxy, this, ctx, request, head, hasBody);
    exchange = Optional.of(driver);
    if (draining) {
      driver.closeAfterwards();
    }
    driver.start(address);
  }

  private static Optional<Problem> undecodable(DecoderResult result) {
    return result.isFailure()
        ? Optional.of(
            Problem.ofUnreadable(
                Refusal.MALFORMED_REQUEST, String.valueOf(result.cause().getMessage())))
        : Optional.empty();
  }

  /** Answers what is not let in, and reads no more requests: where the next begins is not known. */
  private void refuse(Problem problem) {
    requestComplete = false;
    HttpMethod method = problem.method().equals(Method.HEAD) ? HttpMethod.HEAD : HttpMethod.GET;
    HttpRequest unread = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, problem.target());
    AnswerWriter answer = new AnswerWriter(ctx, unread);
    answer.closeAfterwards();
    ProblemWriter.write(answer, ctx.alloc(), problem, List.of());
    proxy.listener().onRefused(problem);
    linger();
  }

  @Override
  public boolean isRequestComplete() {
    return requestComplete;
  }

  @Override
  public void tunnel(OriginConnection origin, Duration idle) {
    exchange = Optional.empty();
    tunnelling = true;
    deadline.stop();
    Tunnel.open(ctx, origin, idle);
  }

  @Override
  public void onExchangeOver(boolean keepAlive) {
    exchange = Optional.empty();
    deadline.touch();
    if (decoder.isHolding() && waiting.stream().noneMatch(HttpRequest.class::isInstance)) {
      decoder.resume(); // the exchange was that of the request it waits for
    }
    if (requestComplete && keepAlive && !draining) {
      serve();
    } else {
      linger();
    }
  }

  private void linger() {
    closing = true;
    deadline.touch();
    decoder.resume();
    LingeringClose.start(ctx);
    serve();
  }

  /**
   * Ends the connection so that the client sees that its answer is not whole: by a reset, for where
   * the connection's end is that of the content, any other end would look like it.
   */
  @Override
  public void cut() {
    closing = true;
    ChannelEnd.cut(ctx.channel());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    exchange.ifPresent(ExchangeDriver::onClientWritabilityChanged);
    if (exchange.isEmpty() && ctx.channel().isWritable()) {
      serve(); // a client that does not read its answers gets no more of them made
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.stop();
    closing = true;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    Optional<ExchangeDriver> left = exchange;
    exchange = Optional.empty();
    left.ifPresent(ExchangeDriver::onClientGone);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("client {}: {}", address, cause.getMessage());
    } else {
      LOG.error("client {}: connection closed after an unexpected error", address, cause);
    }
    ctx.close();
  }

  private void onSilence() {
    long before = unsentBytes;
    unsentBytes = unsentBytes();
    if (unsentBytes > 0 && unsentBytes == before) {
      cut(); // it has read nothing of its answer since the last look
    } else if (unsentBytes > 0) {
      deadline.touch();
    } else if (closing) {
      ctx.close();
    } else if (exchange.isEmpty()) {
      refuseLateHead();
    } else if (exchange.get().request().isAwaited()) {
      exchange.get().request().onLate(clientTimeout);
    } else {
      deadline.touch();
    }
  }

  private long unsentBytes() {
    ChannelOutboundBuffer unsent = ctx.channel().unsafe().outboundBuffer();
    return unsent == null ? 0 : unsent.totalPendingWriteBytes();
  }

  private void refuseLateHead() {
    if (decoder.isWithinHead()) {
      String why = "its head was not complete after %d s".formatted(clientTimeout.toSeconds());
      refuse(Problem.ofUnreadable(Refusal.REQUEST_TIMEOUT, why));
    } else {
      ctx.close();
    }
  }
}
