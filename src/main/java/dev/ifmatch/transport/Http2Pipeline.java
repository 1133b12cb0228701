package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelOption;

/**
 * Sets up what an HTTP/2 connection passes through: one channel for each stream. Nothing else names
 * Netty's HTTP/2, so that it is loaded when the first client speaks it.
 */
final class Http2Pipeline {
  private Http2Pipeline() {}

  static void addTo(ChannelPipeline pipeline, Proxy proxy) {
    ProxySettings settings = proxy.settings();
    Http2FrameCodec codec =
        new Http2CodecBuilder(settings.http2(), headerListBytes(settings.limits())).build();
    // else it would hold once the client says that it has read our settings, if it ever does
    codec.connection().remote().maxActiveStreams(settings.http2().maxStreams());
    Http2ClientConnection connection = new Http2ClientConnection(proxy, codec.connection());
    pipeline
        .addLast(codec)
        .addLast(new Http2MultiplexHandler(new Streams(proxy, connection)))
        .addLast(connection);
  }

  /**
   * How much of a head is stored: as HTTP/2 counts it, each field is 32 octets larger. No head that
   * is within its limit needs more.
   */
  private static long headerListBytes(Limits limits) {
    return 2L * limits.maxHeadBytes();
  }

  /** Sets up the channel of a stream. */
  private static final class Streams extends ChannelInitializer<Channel> {
    private final Proxy proxy;
    private final Http2ClientConnection connection;

    Streams(Proxy proxy, Http2ClientConnection connection) {
      this.proxy = proxy;
      this.connection = connection;
    }

    @Override
    protected void initChannel(Channel stream) {
      // a window is given back as the exchange takes what came, and not as it comes
      stream.config().setOption(Http2StreamChannelOption.AUTO_STREAM_FLOW_CONTROL, false);
      Http2ClientStream client = new Http2ClientStream(proxy, connection);
      stream.pipeline().addLast(new Http2AnswerEncoder(client)).addLast(client);
    }
  }
}
