package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks each address of the origins regularly whether it is well, each time on a connection of its
 * own, which does not count as one of those that requests need. Confined to one event loop.
 */
final class Checker {
  private static final String USER_AGENT = "ifmatch";

  private final EventLoop loop;
  private final OriginConnector connector;
  private final Endpoints endpoints;
  private final Checkup checkup;
  private final Set<Endpoint> asked = new HashSet<>();

  Checker(EventLoop loop, OriginConnector connector, Endpoints endpoints, Checkup checkup) {
    this.loop = loop;
    this.connector = connector;
    this.endpoints = endpoints;
    this.checkup = checkup;
  }

  /** Asks from now on, until the event loop ends. */
  void start() {
    loop.scheduleAtFixedRate(this::askAll, 0, checkup.interval().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void askAll() {
    for (Endpoint endpoint : endpoints.current()) {
      if (asked.add(endpoint)) {
        new Visit(endpoint).start();
      }
    }
  }

  /** One question to one address. */
  private final class Visit extends ChannelInboundHandlerAdapter implements OriginConnector.Result {
    private final Endpoint endpoint;
    private final AnswerDecoder decoder = new AnswerDecoder(new HttpDecoderConfig());
    private Optional<Channel> channel = Optional.empty();
    private Optional<Future<?>> timer = Optional.empty();
    private boolean over;

    Visit(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    void start() {
      timer =
          Optional.of(
              loop.schedule(this::onLate, checkup.timeout().toNanos(), TimeUnit.NANOSECONDS));
      connector.open(
          endpoint,
          checkup.timeout(),
          made ->
              made.pipeline()
                  .addLast(decoder)
                  .addLast(new WholeMessage.RequestEncoder())
                  .addLast(this),
          this);
    }

    @Override
    public void onOpen(Channel open) {
      channel = Optional.of(open);
      if (over) {
        open.close();
        return;
      }
      HttpRequest request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, checkup.path());
      request
          .headers()
          .set(HttpHeaderNames.HOST, endpoint.origin().authority())
          .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      decoder.expect(HttpMethod.GET);
      open.writeAndFlush(request);
    }

    @Override
    public void onFailed(Throwable cause) {
      finish(false, Unreachable.words(endpoint.origin(), cause));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpResponse head && head.status().code() >= 200) {
        int status = head.status().code();
        boolean whole = head.decoderResult().isSuccess();
        finish(whole && status == checkup.expect(), "it answered " + status);
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      finish(false, "it closed the connection without an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      finish(false, String.valueOf(cause.getMessage()));
    }

    private void onLate() {
      finish(false, "it did not answer within %d ms".formatted(checkup.timeout().toMillis()));
    }

    private void finish(boolean passed, String why) {
      if (over) {
        return;
      }
      over = true;
      asked.remove(endpoint);
      timer.ifPresent(running -> running.cancel(false));
      channel.ifPresent(Channel::close);
      endpoint.onChecked(checkup, passed, "GET %s: %s".formatted(checkup.path(), why));
    }
  }
}
