package dev.ifmatch.transport;

import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: serves its requests one after the other, each in an {@link
 * ExchangeDriver}; what comes too early waits in a {@link Backlog}.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter
    implements ClientConnection, ClientPort, Backlog.Taker, ClientSilence.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  private final Proxy proxy;
  private final RequestDecoder decoder;

  /** That of the time when it connected. */
  private final Duration clientTimeout;

  private ChannelHandlerContext ctx;
  private String address = "";
  private Backlog backlog;
  private ClientSilence silence;
  private Optional<ExchangeDriver> exchange = Optional.empty();
  private boolean requestComplete = true;
  private boolean endMarkPending;
  private boolean draining;
  private boolean closing;
  private boolean tunnelling;

  ClientHandler(Proxy proxy, RequestDecoder decoder) {
    this.proxy = proxy;
    this.decoder = decoder;
    this.clientTimeout = proxy.settings().limits().clientTimeout();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    backlog = new Backlog(ctx.channel(), this);
    silence = new ClientSilence(ctx.channel(), clientTimeout, this);
  }

  /** The connection goes on in another version of HTTP. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    silence.stop();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote) {
      address = remote.getAddress().getHostAddress();
    }
    silence.touch();
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
    backlog.add(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    exchange.ifPresent(driver -> driver.request().onReadComplete());
  }

  @Override
  public void serve() {
    backlog.serve();
  }

  @Override
  public boolean isReadyForMore() {
    return closing || !decoder.isFull();
  }

  @Override
  public boolean canTake(Object message) {
    boolean endMark = endMarkPending && message instanceof LastHttpContent;
    boolean nextRequest = exchange.isEmpty() && requestComplete && ctx.channel().isWritable();
    return closing
        || endMark
        || nextRequest
        || (!requestComplete && exchange.isPresent() && exchange.get().request().takesBody());
  }

  @Override
  public void take(Object message) {
    silence.touch();
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
    ProblemWriter.refuse(ctx, problem, problem.method().equals(Method.HEAD));
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
    silence.stop();
    Tunnel.open(ctx, origin, idle);
  }

  @Override
  public void onExchangeOver(boolean keepAlive) {
    exchange = Optional.empty();
    silence.touch();
    if (decoder.isHolding() && !backlog.holdsRequest()) {
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
    silence.touch();
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
    if (ctx.channel().isWritable()) {
      silence.onWritable();
      if (exchange.isEmpty()) {
        serve(); // a client that does not read its answers gets no more of them made
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    silence.stop();
    closing = true;
    backlog.release();
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

  @Override
  public void onNothingRead() {
    cut();
  }

  @Override
  public void onNothingSent() {
    if (closing) {
      ctx.close();
    } else if (exchange.isEmpty()) {
      refuseLateHead();
    } else if (exchange.get().request().isAwaited()) {
      exchange.get().request().onLate(clientTimeout);
    } else {
      silence.touch();
    }
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
