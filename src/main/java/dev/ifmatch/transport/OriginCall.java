package dev.ifmatch.transport;

import dev.ifmatch.exchange.OriginFailure;
import dev.ifmatch.exchange.OriginFailure.Kind;
import dev.ifmatch.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
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

  private final OriginCalls owner;
  private final OriginPool pool;

  /** Whom to ask; empty where that is all the same. */
  private final Optional<Endpoint> stay;

  private final Patience patience;
  private final OriginRequest request;
  private final boolean hasBody;
  private final boolean safe;
  private final Sink sink;
  private OriginConnection connection;
  private Optional<Connecting> connecting = Optional.empty();
  private boolean retried;
  private boolean aborted;

  /**
   * A call that is still to be started.
   *
   * @param owner is told what becomes of it, before the sink
   * @param patience how long the origin is waited for
   * @param safe whether it only reads, so that sending it again can do no harm
   */
  OriginCall(
      OriginCalls owner,
      OriginPool pool,
      Patience patience,
      RequestHead request,
      boolean hasBody,
      boolean safe,
      Sink sink) {
    this.owner = owner;
    this.pool = pool;
    this.stay = owner.stay();
    this.patience = patience;
    this.request = new OriginRequest(request);
    this.hasBody = hasBody;
    this.safe = safe;
    this.sink = sink;
  }

  void start() {
    pool.acquire(this);
  }

  /** What is sent, and what its body goes behind. */
  OriginRequest request() {
    return request;
  }

  /** Ends the call; nothing is told any more. */
  void abort() {
    aborted = true;
    connecting.ifPresent(Connecting::abandon);
    if (connection != null) {
      OriginConnection ended = letGo();
      ended.end();
      ended.close();
    }
  }

  /** Ends the call, and gives its connection away: what is on it is no HTTP any more. */
  OriginConnection handOver() {
    OriginConnection given = letGo();
    given.end();
    return given;
  }

  /** Ends the call, which then has failed, if nothing of it was sent yet. */
  void withdraw(String why) {
    if (!request.isSent() && connection == null) {
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
      tellFailed(kind, request.isSent(), why);
    }
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
    connected.begin(this, request.method());
    request.begin(connected);
    owner.onAsked(connected.endpoint());
    if (pool.tellsHost()) {
      request.tellHost(connected.endpoint().origin().authority());
    }
    if (hasBody) {
      connected.onBody();
      sink.onWritable();
    } else {
      request.finish(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  @Override
  public void onNotConnected(Kind kind, String why) {
    connecting = Optional.empty();
    fail(kind, false, why);
  }

  void onWritable() {
    if (!request.isWhole()) {
      sink.onWritable();
    }
  }

  void onInformational(HttpResponse head) {
    sink.onInformational(head);
  }

  void onHead(HttpResponse head) {
    owner.onAnswered();
    sink.onHead(head);
  }

  void onSwitched(HttpResponse head) {
    owner.onAnswered();
    sink.onSwitched(head);
  }

  void onContent(ByteBuf piece) {
    sink.onContent(piece);
  }

  void onReadComplete() {
    sink.onReadComplete();
  }

  void onEnd(HttpHeaders trailers) {
    letGo();
    owner.onOver();
    sink.onEnd(trailers);
  }

  /** The origin was waited for too long. */
  void onTimeout(String why, boolean heard) {
    Endpoint asked = letGo().endpoint();
    if (!heard) {
      asked.onUnanswered(why);
    }
    if (heard || !isSentAgainElsewhere(asked)) {
      fail(Kind.TIMED_OUT, true, why);
    }
  }

  /** The connection ended, or what came is no answer. */
  void onBroken(String why, boolean heard) {
    OriginConnection ended = letGo();
    Endpoint asked = ended.endpoint();
    boolean stale = ended.isUsed() && !heard;
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
      tellFailed(kind, sent, why);
    }
  }

  private void tellFailed(Kind kind, boolean sent, String why) {
    owner.onOver();
    sink.onFailed(new OriginFailure(kind, sent, why));
  }

  private OriginConnection letGo() {
    OriginConnection had = connection;
    connection = null;
    request.end();
    return had;
  }
}
