package dev.ifmatch.transport;

/**
 * Whether clients may speak HTTP/2, and how much one connection of it may ask for (RFC 9113 §10.5).
 * Heads are as large as {@link Limits} lets them be in any version.
 *
 * @param enabled whether it is spoken at all
 * @param maxStreams how many requests of a connection are in flight, 1 or more; beyond it one is
 *     reset with {@code REFUSED_STREAM}
 * @param streamWindowBytes how much of a request's body is received before the exchange takes it
 * @param connectionWindowBytes the same for all requests of a connection together
 * @param maxResets how many streams of a connection a client resets, or has reset by what it does
 *     wrong, in {@value #WINDOW_SECONDS} s; beyond it the connection ends
 * @param maxControlFrames how many frames that belong to no request a client sends, or has us owe
 *     it, in {@value #WINDOW_SECONDS} s; beyond it the connection ends
 * @param maxEmptyFrames how many empty {@code DATA} frames come in a row; beyond it the connection
 *     ends
 * @param maxContinuations how many {@code CONTINUATION} frames without much in them one head has;
 *     beyond it the connection ends
 * @param maxWaitingFrames how many pieces of a request's body wait until the exchange takes them:
 *     very small ones take far more memory than the window says; beyond it the request is reset
 */
public record Http2Limits(
    boolean enabled,
    int maxStreams,
    int streamWindowBytes,
    int connectionWindowBytes,
    int maxResets,
    int maxControlFrames,
    int maxEmptyFrames,
    int maxContinuations,
    int maxWaitingFrames) {

  /** The time in which resets and control frames are counted. */
  static final int WINDOW_SECONDS = 30;

  /** The connection's window, which can only grow from here (RFC 9113 §6.9.2). */
  private static final int LEAST_CONNECTION_WINDOW = 64 << 10;

  /** What holds where nothing else is said. */
  public static final Http2Limits DEFAULT =
      new Http2Limits(true, 100, 256 << 10, 4 << 20, 200, 1000, 10, 16, 1024);

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if nothing could be sent with them
   */
  public Http2Limits {
    atLeast(1, maxStreams, "the number of streams");
    atLeast(1, streamWindowBytes, "a stream's window");
    atLeast(LEAST_CONNECTION_WINDOW, connectionWindowBytes, "the connection's window");
    atLeast(1, maxResets, "the number of resets");
    atLeast(1, maxControlFrames, "the number of control frames");
    atLeast(1, maxEmptyFrames, "the number of empty frames");
    atLeast(1, maxContinuations, "the number of continuations");
    atLeast(1, maxWaitingFrames, "the number of waiting frames");
  }

  private static void atLeast(int least, int value, String what) {
    if (value < least) {
      throw new IllegalArgumentException("%s is %d, below %d".formatted(what, value, least));
    }
  }
}
