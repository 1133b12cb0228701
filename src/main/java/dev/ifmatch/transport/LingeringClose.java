package dev.ifmatch.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;

/**
 * Closes a connection so that what was written last is not lost: closing with input unread resets
 * the connection, and may take from the client what it has not read yet.
 */
final class LingeringClose {
  /** How long a client whose request was not read to its end has to read its answer. */
  private static final Duration TIME = Duration.ofSeconds(2);

  private LingeringClose() {}

  /** Ends what is sent behind what is written already, and the connection a while later. */
  static void start(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (ctx.channel() instanceof DuplexChannel duplex && ctx.channel().isActive()) {
                ChannelEnd.finishSending(duplex);
                ctx.executor().schedule(() -> ctx.close(), TIME.toMillis(), MILLISECONDS);
              }
            });
  }
}
