package dev.ifmatch.transport;

import dev.ifmatch.exchange.OriginFailure;
import dev.ifmatch.exchange.OriginFailure.Kind;
import dev.ifmatch.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/**
 * One request to the origin and its answer. Confined to the event loop of its pool.
 *
 * <p>A safe request without a body that met a kept connection which had died is sent once more, on
 * a new one. Nothing else is ever sent twice.
 */
final class OriginCall implements OriginPool.Taker {

  /** Who is told of the answer. Nothing is told after {@link #onEnd}, a failure, or an abort. */
  interface Sink {
    /** The request's body can be written, now and whenever this is told again. */
    void onWritable();

    void onInformational(HttpResponse head);

    void onHead(HttpResponse head);

    /** The origin has answered an offer to switch protocols; see {@link #handOver}. */
    void onSwitched(HttpResponse head);

    /** The next piece of the body, which then belongs to the sink. */
    void onContent(ByteBuf piece);

    /** All that came in one read was told. */
    void onReadComplete();

    void onEnd(HttpHeaders trailers);

    void onFailed(OriginFailure failure);

    /** Whether the silence on the connection is the client's doing. */
    boolean isWaitingForClient();
  }

  private final OriginPool pool;
  private final Duration silence;
  private final RequestHead request;
  private final boolean hasBody;
  private final Sink sink;
  private OriginConnection connection;
  private final boolean safe;
  private boolean retried;
  private boolean aborted;
  private boolean headWritten;
  private boolean bodyWritten;

  /**
   * A call that is still to be started.
   *
   * @param silence how long the origin may be silent
   * @param safe whether it only reads, so that sending it again can do no harm
   */
  OriginCall(
      OriginPool pool,
      Duration silence,
      RequestHead request,
      boolean hasBody,
      boolean safe,
      Sink sink) {
    this.pool = pool;
    this.silence = silence;
    this.request = request;
    this.hasBody = hasBody;
    this.sink = sink;
    this.safe = safe;
  }

  void start() {
    if (safe) {
      pool.acquire(this);
    } else {
      pool.acquireProven(this);
    }
  }

  /** Ends the call; nothing is told any more. */
  void abort() {
    aborted = true;
    if (connection != null) {
      connection.end();
      connection.close();
      connection = null;
    }
  }

  /** Whether the request offers to switch protocols: else no 101 can answer it. */
  boolean offersUpgrade() {
    return headers().contains(HttpHeaderNames.UPGRADE);
  }

  /** Ends the call, and gives its connection away: what is on it is no HTTP any more. */
  OriginConnection handOver() {
    OriginConnection given = connection;
    connection = null;
    given.end();
    return given;
  }

  /** Whether a piece of the body can be written now. */
  boolean isWritable() {
    return connection != null && connection.channel().isWritable();
  }

  /** Writes the next piece of the body and takes it over. */
  void write(ByteBuf piece) {
    writeHead();
    connection.touch();
    connection.channel().write(new DefaultHttpContent(piece));
  }

  /** Sends what was written. */
  void flush() {
    if (connection != null) {
      writeHead();
      connection.channel().flush();
    }
  }

  /** Writes the end of the body, with the trailer fields that came behind it. */
  void finishBody(LastHttpContent last) {
    bodyWritten = true;
    if (headWritten) {
      connection.touch();
    }
    connection.channel().writeAndFlush(headWritten ? last : whole(last));
    headWritten = true;
    connection.onRequestWritten();
  }

  private void writeHead() {
    if (!headWritten) {
      headWritten = true;
      connection
          .channel()
          .write(
              new DefaultHttpRequest(HttpVersion.HTTP_1_1, method(), request.target(), headers()));
    }
  }

  /** The request as one message, which costs less than its parts. */
  private HttpRequest whole(LastHttpContent last) {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        method(),
        request.target(),
        last.content(),
        headers(),
        last.trailingHeaders());
  }

  private HttpMethod method() {
    return HttpMethod.valueOf(request.method().name());
  }

  private HttpHeaders headers() {
    return ((NettyFields) request.fields()).headers();
  }

  /** Stops and resumes reading the answer, so that no more of it is taken than can be passed on. */
  void setReading(boolean reading) {
    if (connection != null) {
      connection.setReading(reading);
    }
  }

  @Override
  public void onConnected(OriginConnection connected) {
    if (aborted) {
      connected.close();
      return;
    }
    connection = connected;
    connected.begin(this, method());
    headWritten = false;
    if (hasBody) {
      sink.onWritable();
    } else {
      finishBody(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  @Override
  public void onUnreachable(String why) {
    fail(Kind.UNREACHABLE, false, why);
  }

  void onWritable() {
    if (!bodyWritten) {
      sink.onWritable();
    }
  }

  void onInformational(HttpResponse head) {
    sink.onInformational(head);
  }

  void onHead(HttpResponse head) {
    sink.onHead(head);
  }

  void onSwitched(HttpResponse head) {
    sink.onSwitched(head);
  }

  void onContent(ByteBuf piece) {
    sink.onContent(piece);
  }

  void onReadComplete() {
    sink.onReadComplete();
  }

  void onEnd(HttpHeaders trailers) {
    connection = null;
    sink.onEnd(trailers);
  }

  void onTimeout() {
    connection = null;
    String why = "the backend was silent for %d ms".formatted(silence.toMillis());
    fail(Kind.TIMED_OUT, true, why);
  }

  void onBroken(String why, boolean answered) {
    boolean stale = connection != null && connection.isUsed() && !answered;
    connection = null;
    if (stale) {
      pool.onSilentEnd();
    }
    if (stale && safe && !hasBody && !retried && !aborted) {
      retried = true;
      pool.connect(this);
    } else {
      fail(Kind.BROKEN, true, why);
    }
  }

  /** How long the origin may be silent. */
  Duration silence() {
    return silence;
  }

  boolean isWaitingForClient() {
    return sink.isWaitingForClient();
  }

  private void fail(Kind kind, boolean sent, String why) {
    if (!aborted) {
      sink.onFailed(new OriginFailure(kind, sent, why));
    }
  }
}
