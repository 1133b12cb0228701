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
import java.util.Optional;

/**
 * One request to an origin and its answer. Confined to the event loop of its pool.
 *
 * <p>A safe request without a body, of whose answer not a byte has come, is sent once more: on a
 * new connection where it met a kept one that had died, else to another address that is well.
 * Nothing else is ever sent twice.
 */
final class OriginCall implements OriginPool.Taker {

  /** Who is told of the answer. Nothing is told after {@link #onEnd}, a failure, or an abort. */
  interface Sink {
    /** This is who is asked. */
    void onAsked(Endpoint endpoint);

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
  private final Optional<Endpoint> stay;
  private final Patience patience;
  private final RequestHead request;
  private final boolean hasBody;
  private final Sink sink;
  private OriginConnection connection;
  private Optional<Connecting> connecting = Optional.empty();
  private final boolean safe;
  private boolean sent;
  private boolean retried;
  private boolean aborted;
  private boolean headWritten;
  private boolean bodyWritten;

  /**
   * A call that is still to be started.
   *
   * @param stay whom to ask; empty where that is all the same
   * @param patience how long the origin is waited for
   * @param safe whether it only reads, so that sending it again can do no harm
   */
  OriginCall(
      OriginPool pool,
      Optional<Endpoint> stay,
      Patience patience,
      RequestHead request,
      boolean hasBody,
      boolean safe,
      Sink sink) {
    this.pool = pool;
    this.stay = stay;
    this.patience = patience;
    this.request = request;
    this.hasBody = hasBody;
    this.sink = sink;
    this.safe = safe;
  }

  void start() {
    pool.acquire(this);
  }

  /** Ends the call; nothing is told any more. */
  void abort() {
    aborted = true;
    connecting.ifPresent(Connecting::abandon);
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

  /** Ends the call, which then has failed, if nothing of it was sent yet. */
  void withdraw(String why) {
    if (!sent && connection == null) {
      giveUp(Kind.UNREACHABLE, why);
    }
  }

  /** Ends the call, which then has failed, wherever it stands. */
  void expire(String why) {
    giveUp(Kind.TIMED_OUT, why);
  }

  private void giveUp(Kind kind, String why) {
    boolean was = aborted;
    abort();
    if (!was) {
      sink.onFailed(new OriginFailure(kind, sent, why));
    }
  }

  /** Whether a piece of the body can be written now. */
  boolean isWritable() {
    return connection != null && connection.channel().isWritable();
  }

  /** Writes the next piece of the body and takes it over. */
  void write(ByteBuf piece) {
    writeHead();
    connection.onBody();
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
    sent = true;
    connection.channel().writeAndFlush(headWritten ? last : whole(last));
    headWritten = true;
    connection.onRequestWritten();
  }

  private void writeHead() {
    if (!headWritten) {
      headWritten = true;
      sent = true;
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
  public Optional<Endpoint> stay() {
    return stay;
  }

  @Override
  public boolean isSafe() {
    return safe;
  }

  @Override
  public boolean isOver() {
    return aborted;
  }

  @Override
  public void onConnecting(Connecting attempt) {
    connecting = Optional.of(attempt);
  }

  @Override
  public void onConnected(OriginConnection connected) {
    connecting = Optional.empty();
    if (aborted) {
      connected.close();
      return;
    }
    connection = connected;
    connected.begin(this, method());
    headWritten = false;
    sink.onAsked(connected.endpoint());
    if (pool.tellsHost()) {
      headers().set(HttpHeaderNames.HOST, connected.endpoint().origin().authority());
    }
    if (hasBody) {
      connected.onBody();
      sink.onWritable();
    } else {
      finishBody(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  @Override
  public void onNotConnected(Kind kind, String why) {
    connecting = Optional.empty();
    fail(kind, false, why);
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

  /** The origin was waited for too long. */
  void onTimeout(String why, boolean heard) {
    Endpoint asked = connection.endpoint();
    connection = null;
    if (!heard) {
      asked.onUnanswered(why);
    }
    if (heard || !isSentAgainElsewhere(asked)) {
      fail(Kind.TIMED_OUT, true, why);
    }
  }

  /** The connection ended, or what came is no answer. */
  void onBroken(String why, boolean heard) {
    Endpoint asked = connection.endpoint();
    boolean stale = connection.isUsed() && !heard;
    connection = null;
    if (stale) {
      pool.onSilentEnd();
      if (isRepeatable()) {
        retried = true;
        pool.connect(this, asked);
        return;
      }
    } else if (!heard) {
      asked.onUnanswered(why);
    }
    if (heard || !isSentAgainElsewhere(asked)) {
      fail(Kind.BROKEN, true, why);
    }
  }

  private boolean isRepeatable() {
    return safe && !hasBody && !retried && !aborted;
  }

  private boolean isSentAgainElsewhere(Endpoint asked) {
    Optional<Endpoint> other =
        isRepeatable() && stay.isEmpty() ? pool.another(asked) : Optional.empty();
    retried |= other.isPresent();
    other.ifPresent(endpoint -> pool.connect(this, endpoint));
    return other.isPresent();
  }

  /** How long the origin is waited for. */
  Patience patience() {
    return patience;
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
