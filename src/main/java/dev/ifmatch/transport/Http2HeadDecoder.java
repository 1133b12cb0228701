package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Decodes heads so that those which are not let in can be answered as any other: what is wrong with
 * one is kept with it, where Netty would forget it, or end the stream itself. Not thread-safe.
 */
final class Http2HeadDecoder extends DefaultHttp2HeadersDecoder {
  private Http2ReceivedHeaders latest = new Http2ReceivedHeaders();

  /**
   * A decoder of one connection's heads.
   *
   * @param maxListBytes how much of a head is stored, each field counted 32 octets larger
   */
  Http2HeadDecoder(long maxListBytes) {
    super(false, maxListBytes); // what is in them is ours to check
  }

  @Override
  protected Http2Headers newHeaders() {
    latest = new Http2ReceivedHeaders();
    return latest;
  }

  /** It is told of a head that is too large once that is decoded as a whole. */
  @Override
  public Http2Headers decodeHeaders(int stream, ByteBuf block) throws Http2Exception {
    try {
      return super.decodeHeaders(stream, block);
    } catch (HeaderListSizeException tooLarge) {
      latest.cut();
      return latest;
    }
  }
}
