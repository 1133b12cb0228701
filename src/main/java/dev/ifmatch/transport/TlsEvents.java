package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind the handler that speaks TLS with a client, and sees what does not concern HTTP: how
 * the handshake came out, and how the connection ends.
 */
final class TlsEvents extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TlsEvents.class);

  private final Proxy proxy;

  TlsEvents(Proxy proxy) {
    this.proxy = proxy;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done && !done.isSuccess()) {
      onNoHandshake(ctx, done.cause()); // the connection is being closed: this concerns nobody else
      return;
    }
    if (event instanceof SslHandshakeCompletionEvent && passesSubject()) {
      ClientSubject.keep(ctx.channel(), ctx.pipeline().get(SslHandler.class).engine());
    } else if (event == SslCloseCompletionEvent.SUCCESS) {
      ctx.close(); // the client will send no more, which in clear text is the connection's end, too
    }
    ctx.fireUserEventTriggered(event);
  }

  private boolean passesSubject() {
    return proxy.settings().tls().clientSubjectField().isPresent();
  }

  private void onNoHandshake(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("client {}: no TLS: {}", ctx.channel().remoteAddress(), cause.getMessage());
    if (cause instanceof NotSslRecordException) {
      refusePlainHttp(ctx);
    }
  }

  /** Answers in clear text, as it was asked: somebody wrote http in the URL. */
  private void refusePlainHttp(ChannelHandlerContext ctx) {
    Problem problem =
        Problem.ofUnreadable(
            Refusal.MALFORMED_REQUEST,
            "it came as plain http to a port that takes https only; write https:// in its URL");
    byte[] json = problem.toJson();
    StringBuilder head = new StringBuilder("HTTP/1.1 400 Bad Request\r\n");
    problem.fields().forEach(field -> head.append(field.name() + ": " + field.value() + "\r\n"));
    head.append("Content-Length: " + json.length + "\r\nConnection: close\r\n\r\n");
    ByteBuf answer = ctx.alloc().buffer(head.length() + json.length);
    answer.writeCharSequence(head, ISO_8859_1);
    answer.writeBytes(json);
    ctx.pipeline().context(SslHandler.class).writeAndFlush(answer);
    proxy.listener().onRefused(problem);
  }

  /** What comes here is of TLS, or of the connection itself. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException || cause instanceof SSLException) {
      LOG.debug("client {}: TLS ended: {}", ctx.channel().remoteAddress(), cause.getMessage());
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
