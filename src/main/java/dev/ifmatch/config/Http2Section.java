package dev.ifmatch.config;

import dev.ifmatch.transport.Http2Limits;

/** {@code http2}: whether clients may speak HTTP/2, and how much one connection may ask for. */
final class Http2Section implements Section<Http2Limits> {
  private static final Scalar<Integer> COUNT = Scalar.count(1, Integer.MAX_VALUE);
  private static final Scalar<Integer> MEMORY = Quantities.MEMORY;

  @Override
  public Http2Limits bind(Keys in, Http2Limits or) {
    return new Http2Limits(
        in.get("enabled", Scalar.flag(), or.enabled(), "whether clients may speak HTTP/2"),
        in.get(
            "max-streams",
            COUNT,
            or.maxStreams(),
            "how many requests of a connection are in flight; beyond it REFUSED_STREAM"),
        in.get(
            "stream-window",
            MEMORY,
            or.streamWindowBytes(),
            "how much of a request's body is received before it can be passed on"),
        in.get(
            "connection-window",
            MEMORY,
            or.connectionWindowBytes(),
            "the same for all requests of a connection together"),
        in.get(
            "max-resets",
            COUNT,
            or.maxResets(),
            "how many requests a client resets, or makes us reset, in 30 s;"
                + " beyond it the connection ends"),
        in.get(
            "max-control-frames",
            COUNT,
            or.maxControlFrames(),
            "how many PING, SETTINGS and other frames beside requests a client sends in 30 s;"
                + " beyond it the connection ends"),
        in.get(
            "max-empty-frames",
            COUNT,
            or.maxEmptyFrames(),
            "how many empty DATA frames come in a row; beyond it the connection ends"),
        in.get(
            "max-continuations",
            COUNT,
            or.maxContinuations(),
            "how many small CONTINUATION frames one head has; beyond it the connection ends"),
        in.get(
            "max-waiting-frames",
            COUNT,
            or.maxWaitingFrames(),
            "how many pieces of a body wait to be passed on; beyond it the request is reset"));
  }
}
