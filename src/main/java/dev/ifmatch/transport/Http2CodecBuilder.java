package dev.ifmatch.transport;

import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Makes Netty's codec with a decoder of heads of our own. Netty's builder takes none; but only it
 * can put the limits around what is sent, and only it those around what comes. So it is asked
 * twice: the first time for what sends, the second time for all the rest. Used once.
 */
final class Http2CodecBuilder extends Http2FrameCodecBuilder {
  private final Http2Limits limits;
  private final long headListBytes;

  /**
   * A builder for the side of the server.
   *
   * @param headListBytes how much of a head is stored, as HTTP/2 counts it
   */
  Http2CodecBuilder(Http2Limits limits, long headListBytes) {
    this.limits = limits;
    this.headListBytes = headListBytes;
    initialSettings(
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(limits.maxStreams())
            .initialWindowSize(limits.streamWindowBytes())
            .maxHeaderListSize(headListBytes));
    gracefulShutdownTimeoutMillis(0);
    encoderEnforceMaxRstFramesPerWindow(limits.maxResets(), Http2Limits.WINDOW_SECONDS);
    encoderEnforceMaxQueuedControlFrames(limits.maxControlFrames());
  }

  @Override
  public boolean isServer() {
    return true;
  }

  @Override
  protected Http2FrameCodec build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    decoder.close();
    Http2FrameReader reader =
        new DefaultHttp2FrameReader(new Http2HeadDecoder(headListBytes), limits.maxContinuations());
    Http2ConnectionDecoder own =
        new DefaultHttp2ConnectionDecoder(
            encoder.connection(),
            encoder,
            reader,
            Http2PromisedRequestVerifier.ALWAYS_VERIFY,
            true,
            true,
            false);
    return new Around(limits, settings).around(own, encoder);
  }

  /** The second time. */
  private static final class Around extends Http2FrameCodecBuilder {
    Around(Http2Limits limits, Http2Settings settings) {
      initialSettings(settings);
      decoupleCloseAndGoAway(true);
      decoderEnforceMaxRstFramesPerWindow(limits.maxResets(), Http2Limits.WINDOW_SECONDS);
      decoderEnforceMaxConsecutiveEmptyDataFrames(limits.maxEmptyFrames());
    }

    Http2FrameCodec around(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder) {
      return codec(decoder, encoder).build();
    }
  }
}
