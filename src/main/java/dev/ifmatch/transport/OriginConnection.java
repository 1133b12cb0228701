package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * One connection to the origin: serves one {@link OriginCall} at a time, and waits in its {@link
 * OriginPool} between them, reading, so that its end is noticed.
 */
final class OriginConnection extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final OriginPool pool;
  private final Endpoint endpoint;
  private final AnswerDecoder decoder;
  private final Deadline deadline;
  private final Deadline expiry;
  private OriginCall call;
  private boolean used;
  private boolean reusable;
  private boolean informational;
  private boolean answered;
  private boolean requestWritten;
  private Optional<HttpHeaders> trailers = Optional.empty();
  private Optional<HttpResponse> switching = Optional.empty();

  OriginConnection(
      Channel channel,
      EventLoop loop,
      OriginPool pool,
      Endpoint endpoint,
      AnswerDecoder decoder,
      OriginLimits limits) {
    this.channel = channel;
    this.pool = pool;
    this.endpoint = endpoint;
    this.decoder = decoder;
    this.deadline = new Deadline(loop, limits.patience().head(), this::onSilence);
    this.expiry = new Deadline(loop, limits.idle(), this::close);
  }

  /** Where it leads to. */
  Endpoint endpoint() {
    return endpoint;
  }

  Channel channel() {
    return channel;
  }

  /** Whether it served another call before: then it may have died unnoticed. */
  boolean isUsed() {
    return used;
  }

  long idleNanos() {
    return expiry.elapsedNanos();
  }

  /** Takes a call on, for a request with this method. */
  void begin(OriginCall next, HttpMethod method) {
    expiry.stop();
    decoder.expect(method);
    call = next;
    answered = false;
    informational = false;
    requestWritten = false;
    reusable = false;
    trailers = Optional.empty();
    switching = Optional.empty();
  }

  /** The call's request is written as a whole: from now on, an answer is waited for. */
  void onRequestWritten() {
    requestWritten = true;
    if (!answered) {
      deadline.touch(call.patience().head());
    }
  }

  /** More of the call's request is waited for, or was written. */
  void onBody() {
    deadline.touch(call.patience().body());
  }

  void close() {
    pool.forget(this);
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (call == null) {
      ReferenceCountUtil.release(message); // the rest of an answer that nobody wants any more
    } else if (message instanceof HttpResponse head) {
      onHead(head);
    } else if (message instanceof HttpContent content) {
      onContent(content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void onHead(HttpResponse head) {
    int status = head.status().code();
    boolean switches = status == 101 && call.request().offersUpgrade();
    boolean odd =
        (status == 101 && !switches)
            || status < 100
            || status > 599
            || Headers.isCoded(head.headers());
    if (odd || head.decoderResult().isFailure()) {
      breakOff("what the backend answered is not valid HTTP/1.1");
    } else if (switches) {
      answered = true;
      endpoint.onAnswered();
      switching = Optional.of(head);
    } else if (status < 200) {
      informational = true;
      if (requestWritten) {
        deadline.touch(); // it says that it is at it
      }
      if (status != 100) {
        call.onInformational(head);
      }
    } else {
      answered = true;
      endpoint.onAnswered();
      reusable = HttpUtil.isKeepAlive(head);
      call.onHead(head);
    }
  }

  private void onContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      breakOff("the backend's answer broke off within a malformed chunk");
    } else if (switching.isPresent()) {
      content.release();
      if (content instanceof LastHttpContent) {
        call.onSwitched(switching.get()); // behind this, the decoder lets everything through
      }
    } else if (informational) {
      informational = !(content instanceof LastHttpContent);
      content.release();
    } else {
      boolean last = content instanceof LastHttpContent;
      if (content.content().isReadable()) {
        call.onContent(content.content());
      } else {
        content.release();
      }
      if (last && call != null) {
        trailers = Optional.of(((LastHttpContent) content).trailingHeaders());
        decoder.rest();
      }
    }
  }

  /**
   * The answer is whole, and so is what was read with it: only now is it known that nothing stands
   * behind the answer.
   */
  private void finish(HttpHeaders last) {
    OriginCall ended = end();
    if (reusable && requestWritten && channel.isActive() && !decoder.hasSurplus()) {
      used = true;
      expiry.touch();
      setReading(true);
      pool.keep(this);
    } else {
      channel.close();
    }
    ended.onEnd(last);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (call != null && trailers.isPresent()) {
      finish(trailers.get());
    } else if (call != null) {
      if (answered) {
        onBody();
      }
      call.onReadComplete();
    } else if (decoder.hasSurplus()) {
      close(); // nothing was asked: it cannot be an answer, and may be the beginning of one
    }
  }

  /** Stops and resumes reading; setting what is set already costs, too. */
  void setReading(boolean reading) {
    if (channel.config().isAutoRead() != reading) {
      channel.config().setAutoRead(reading);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (call != null && channel.isWritable()) {
      deadline.touch();
      call.onWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.onEnded(this);
    expiry.stop();
    breakOff(
        answered
            ? "the backend closed the connection before its answer was complete"
            : "the backend closed the connection without an answer");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    breakOff("the connection to the backend broke (%s)".formatted(Unreachable.why(cause)));
    close();
  }

  /** Within TLS, the end of the stream is told, too: without that it is a break. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SslCloseCompletionEvent.SUCCESS) {
      channel.close();
    } else if (event instanceof SslCloseCompletionEvent) {
      breakOff("the backend's connection ended without the end that TLS demands (close_notify)");
    }
  }

  private void onSilence() {
    if (call == null) {
      return;
    }
    if (call.isWaitingForClient()) {
      deadline.touch(); // it is not the origin that is slow
      return;
    }
    boolean heard = decoder.hasHeard();
    String why = silence();
    OriginCall ended = end();
    channel.close();
    ended.onTimeout(why, heard);
  }

  private String silence() {
    if (answered) {
      return "nothing more of the backend's answer came for %d ms"
          .formatted(call.patience().body().toMillis());
    }
    return requestWritten
        ? "the backend did not begin to answer within %d ms"
            .formatted(call.patience().head().toMillis())
        : "the backend took nothing more of the request for %d ms"
            .formatted(call.patience().body().toMillis());
  }

  private void breakOff(String why) {
    if (call != null) {
      boolean heard = decoder.hasHeard();
      OriginCall ended = end();
      channel.close();
      ended.onBroken(why, heard);
    }
  }

  /** Lets go of the call, whatever became of it: nothing that comes now is told to it. */
  OriginCall end() {
    OriginCall ended = call;
    call = null;
    deadline.stop();
    return ended;
  }
}
