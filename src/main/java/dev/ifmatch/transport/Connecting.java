package dev.ifmatch.transport;

import dev.ifmatch.balance.Permits;
import dev.ifmatch.exchange.OriginFailure.Kind;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One call's way to a new connection: it waits for a name's address, for its turn, and tries one
 * address after the other. Nothing of the call is sent before it has a connection, so that trying
 * another address is not sending twice; a call that must stay with an origin tries that one only.
 * Confined to its event loop, but for {@link #onGranted}.
 */
final class Connecting implements Permits.Waiter, OriginPool.Opening {
  /** How many addresses may let a request wait in vain; those that refuse at once do not count. */
  private static final int MOST_SILENT = 2;

  private enum State {
    /** An address is looked up. */
    NAMING,
    /** There are as many connections as there may be. */
    QUEUING,
    /** A connection is being made. */
    OPENING,
    OVER
  }

  private final OriginPool pool;
  private final EventLoop loop;
  private final OriginPool.Taker taker;
  private final List<Endpoint> tried = new ArrayList<>(2);
  private Optional<Endpoint> target;
  private Optional<Future<?>> timer = Optional.empty();
  private State state = State.NAMING;
  private int silent;

  /**
   * A way that is still to be gone.
   *
   * @param target where to; empty where no address is known
   */
  Connecting(OriginPool pool, EventLoop loop, OriginPool.Taker taker, Optional<Endpoint> target) {
    this.pool = pool;
    this.loop = loop;
    this.taker = taker;
    this.target = target;
  }

  void start() {
    taker.onConnecting(this);
    if (target.isPresent()) {
      enter();
    } else if (!pool.endpoints().await(() -> loop.execute(this::onNamed))) {
      fail(Kind.UNREACHABLE, pool.unknown());
    }
  }

  /** Goes on no more; nothing is told. */
  void abandon() {
    State was = state;
    state = State.OVER;
    stopTimer();
    if (was == State.QUEUING) {
      pool.limit().leave(this); // where that is too late, what was granted is given on
    }
  }

  private void onNamed() {
    if (state == State.OVER) {
      return;
    }
    target = pool.choose(tried);
    if (target.isPresent()) {
      enter();
    } else {
      fail(Kind.UNREACHABLE, pool.unknown());
    }
  }

  private void enter() {
    state = State.QUEUING;
    switch (pool.limit().enter(this)) {
      case GRANTED -> open();
      case WAITING ->
          timer =
              Optional.of(
                  loop.schedule(
                      this::onLate, pool.limit().longestWait().toNanos(), TimeUnit.NANOSECONDS));
      case REFUSED -> {
        String why = "%d others are waiting for a connection to the backend already";
        fail(Kind.BUSY, why.formatted(pool.limit().longestQueue()));
      }
    }
  }

  private void onLate() {
    if (state == State.QUEUING && pool.limit().leave(this)) {
      String why = "no connection to the backend became free within %d ms";
      fail(Kind.BUSY, why.formatted(pool.limit().longestWait().toMillis()));
    }
  }

  @Override
  public void onGranted() {
    loop.execute(
        () -> {
          stopTimer();
          if (state == State.OVER) {
            pool.limit().release();
          } else {
            open();
          }
        });
  }

  /**
   * Whether a connection of this pool that has become free can be used in the place of a new one.
   */
  boolean accepts(OriginPool from, OriginConnection free) {
    if (pool != from || state != State.QUEUING) {
      return false; // in this order: what is behind belongs to the pool's event loop
    }
    boolean same = target.equals(free.endpoint().itself());
    return (same || (taker.stay().isEmpty() && tried.isEmpty())) && pool.trusts(taker);
  }

  /** Takes a connection that has become free; the queue was left. */
  void receive(OriginConnection free) {
    stopTimer();
    if (state == State.OVER) {
      pool.keep(free);
    } else if (free.channel().isActive()) {
      connected(free);
    } else {
      enter(); // it has ended meanwhile, and with it the right to it
    }
  }

  private void open() {
    state = State.OPENING;
    pool.open(target.orElseThrow(), this);
  }

  @Override
  public void onOpen(OriginConnection made) {
    if (state == State.OVER) {
      made.close();
    } else {
      connected(made);
    }
  }

  private void connected(OriginConnection connection) {
    state = State.OVER;
    taker.onConnected(connection);
  }

  @Override
  public void onFailed(Throwable cause) {
    Endpoint failed = target.orElseThrow();
    String why = Unreachable.words(failed.origin(), cause);
    boolean late =
        cause instanceof ConnectTimeoutException || cause instanceof SslHandshakeTimeoutException;
    if (late || !(cause instanceof ChannelException)) { // else it is this machine that fails
      failed.onUnreachable(why);
    }
    if (state == State.OVER) {
      return;
    }
    silent += late ? 1 : 0;
    tried.add(failed);
    target = taker.stay().isPresent() ? Optional.empty() : pool.choose(tried);
    if (target.isEmpty() || silent == MOST_SILENT) {
      fail(Kind.UNREACHABLE, why);
    } else {
      enter();
    }
  }

  private void fail(Kind kind, String why) {
    state = State.OVER;
    taker.onNotConnected(kind, why);
  }

  private void stopTimer() {
    timer.ifPresent(running -> running.cancel(false));
    timer = Optional.empty();
  }
}
