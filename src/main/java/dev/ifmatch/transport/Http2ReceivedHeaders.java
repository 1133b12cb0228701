package dev.ifmatch.transport;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * The fields of a head or of trailers, with what is known of them only as they come: Netty's own
 * stand in another order than they were sent in. Not thread-safe.
 */
final class Http2ReceivedHeaders extends DefaultHttp2Headers {
  private boolean behindPseudoFields;
  private boolean disordered;
  private boolean cut;

  Http2ReceivedHeaders() {
    super(false);
  }

  @Override
  public Http2Headers add(CharSequence name, CharSequence value) {
    boolean pseudo = Http2Fields.isPseudo(name);
    disordered |= pseudo && behindPseudoFields;
    behindPseudoFields |= !pseudo;
    return super.add(name, value);
  }

  /** Whether a pseudo-field stood behind a field, where none may be (RFC 9113 §8.3). */
  boolean isDisordered() {
    return disordered;
  }

  /** Says that they were more than is stored. */
  void cut() {
    cut = true;
  }

  /** Whether they were more than is stored: only the first are here. */
  boolean isCut() {
    return cut;
  }
}
