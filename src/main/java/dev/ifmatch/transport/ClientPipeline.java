package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;

/**
 * Sets up what a client's connection passes through.
 *
 * @param proxy what the exchanges of the connection's event loop share
 * @param tls what speaks TLS with clients, where that is wanted
 */
record ClientPipeline(Proxy proxy, Optional<ServerTls> tls) implements RequestDecoder.Successor {

  void initialize(Channel channel) {
    if (tls.isPresent()) { // a lambda would load Netty's TLS here, whether it is used or not
      channel
          .pipeline()
          .addLast(TlsEnd.HANDLER, tls.get().newHandler(channel.alloc()))
          .addLast(new TlsEvents(proxy));
    }
    Optional<RequestDecoder.Successor> http2 =
        proxy.settings().http2().enabled() ? Optional.of(this) : Optional.empty();
    RequestDecoder decoder = new RequestDecoder(proxy.settings().limits(), http2);
    channel
        .pipeline()
        .addLast(decoder)
        .addLast(new WholeMessage.AnswerEncoder())
        .addLast(new ClientHandler(proxy, decoder));
  }

  /** The client speaks HTTP/2, as it knew beforehand (RFC 9113 §3.3). */
  @Override
  public void takeOver(ChannelPipeline pipeline) {
    pipeline.remove(WholeMessage.AnswerEncoder.class);
    pipeline.remove(ClientHandler.class);
    Http2Pipeline.addTo(pipeline, proxy);
    pipeline.remove(RequestDecoder.class); // hands on what it has read so far
  }
}
