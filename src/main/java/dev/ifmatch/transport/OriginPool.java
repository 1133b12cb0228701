package dev.ifmatch.transport;

import dev.ifmatch.balance.Rotation;
import dev.ifmatch.exchange.OriginFailure.Kind;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections of one event loop to the origins: which origin is asked next, and which
 * connection is used for it. Confined to that loop.
 */
final class OriginPool {
  private static final int MAX_PIECE_BYTES = 256 << 10;

  /** How recently a connection must have answered to be trusted with an unsafe request. */
  private static final Duration PROVEN_ALIVE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final OriginConnector connector;
  private final Shared shared;
  private final Rotation rotation;
  private final IdleConnections idle = new IdleConnections();
  private final AtomicBoolean givingUp = new AtomicBoolean();

  /**
   * What the pools of all event loops share.
   *
   * @param live the settings that hold: which connection an exchange gets is none of its own
   * @param endpoints where connections can be made to
   * @param limit how many there may be
   * @param silentEnds whether origins end connections without saying so
   */
  record Shared(
      LiveSettings live, Endpoints endpoints, ConnectionLimit limit, SilentEnds silentEnds) {}

  /**
   * A pool without connections.
   *
   * @param first which of the origins comes first
   */
  OriginPool(EventLoop loop, OriginConnector connector, Shared shared, int first) {
    this.loop = loop;
    this.connector = connector;
    this.shared = shared;
    this.rotation = new Rotation(first, System::nanoTime);
    shared.limit().add(this);
  }

  /** Who takes a connection; told on the event loop, perhaps before {@link #acquire} returns. */
  interface Taker {
    /** Where the connection must lead to; empty where that does not matter. */
    Optional<Endpoint> stay();

    /** Whether no harm is done if what is sent goes astray. */
    boolean isSafe();

    /** Whether it does not want a connection any more. */
    boolean isOver();

    /** There is no connection to be had at once; the attempt can be abandoned. */
    void onConnecting(Connecting attempt);

    void onConnected(OriginConnection connection);

    /** There is no connection to be had at all; nothing was sent. */
    void onNotConnected(Kind kind, String why);
  }

  /** Who waits until a new connection is open. */
  interface Opening {
    void onOpen(OriginConnection made);

    void onFailed(Throwable cause);
  }

  /**
   * Gives a kept connection, or else a new one.
   *
   * <p>One that is not safe gets one that can be trusted with what must not be sent twice: one that
   * has just answered, or else a new one. It waits a turn of the event loop, in which an end is
   * seen that came together with that answer.
   */
  void acquire(Taker taker) {
    if (taker.isSafe()) {
      acquire(taker, shared.live().origin().idle());
    } else {
      loop.execute(
          () -> {
            if (!taker.isOver()) {
              acquire(taker, trusts(taker) ? PROVEN_ALIVE : Duration.ZERO);
            }
          });
    }
  }

  private void acquire(Taker taker, Duration maxIdle) {
    Optional<Endpoint> target = taker.stay().isPresent() ? taker.stay() : choose(List.of());
    if (target.isPresent() && !maxIdle.isZero()) {
      Optional<OriginConnection> kept = idle.take(target.get(), maxIdle.toNanos());
      if (kept.isPresent()) {
        taker.onConnected(kept.get());
        return;
      }
    }
    new Connecting(this, loop, taker, target).start();
  }

  /** Makes a new connection to this address, or to another where that is all the same. */
  void connect(Taker taker, Endpoint target) {
    new Connecting(this, loop, taker, target.itself()).start();
  }

  /** Whether a connection that has just answered can be trusted with this one's request. */
  boolean trusts(Taker taker) {
    return taker.isSafe() || !shared.silentEnds().isRecent();
  }

  /** Whose turn it is among those that were not tried; empty if there is none. */
  Optional<Endpoint> choose(Collection<Endpoint> tried) {
    List<Endpoint> all = shared.endpoints().current();
    if (all.size() == 1 && tried.isEmpty()) {
      return all.get(0).itself();
    }
    int chosen = rotation.next(all, tried);
    return chosen < 0 ? Optional.empty() : all.get(chosen).itself();
  }

  /** Another address than this that is well; empty if there is none. */
  Optional<Endpoint> another(Endpoint than) {
    List<Endpoint> all = shared.endpoints().current();
    int chosen = rotation.nextUsable(all, List.of(than));
    return chosen < 0 ? Optional.empty() : all.get(chosen).itself();
  }

  /** Keeps a connection for the next taker, or hands it on to the one who has waited longest. */
  void keep(OriginConnection connection) {
    if (!shared.limit().hasWaiters()) {
      idle.add(connection);
      return;
    }
    Optional<Connecting> next =
        shared
            .limit()
            .handOn(waiter -> ((Connecting) waiter).accepts(this, connection))
            .map(Connecting.class::cast);
    if (next.isPresent()) {
      loop.execute(() -> next.get().receive(connection)); // an end behind the answer comes before
    } else if (shared.limit().hasWaiters()) {
      connection.close(); // the next in the queue is elsewhere, and gets the right to another
    } else {
      idle.add(connection);
    }
  }

  /** Somebody waits, on this event loop or another: closes what is unused. Called on any thread. */
  void giveUpUnused() {
    if (givingUp.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            givingUp.set(false);
            for (var oldest = idle.oldest();
                oldest.isPresent() && shared.limit().hasWaiters();
                oldest = idle.oldest()) {
              oldest.get().close();
            }
          });
    }
  }

  /** Forgets a connection that is ended here. */
  void forget(OriginConnection connection) {
    idle.remove(connection);
  }

  /** The origin has ended a connection that was kept. */
  void onEnded(OriginConnection connection) {
    if (idle.remove(connection) && connection.idleNanos() < PROVEN_ALIVE.toNanos()) {
      onSilentEnd();
    }
  }

  /** A connection ended right behind an answer that did not say so. */
  void onSilentEnd() {
    shared.silentEnds().onSeen();
  }

  Endpoints endpoints() {
    return shared.endpoints();
  }

  ConnectionLimit limit() {
    return shared.limit();
  }

  /** Whether each origin is to see its own name in {@code Host}. */
  boolean tellsHost() {
    ProxySettings now = shared.live().current();
    return now.hostField() == ProxySettings.HostField.ORIGIN && now.origins().areSeveral();
  }

  /** Why no address is known. */
  String unknown() {
    return shared.endpoints().unknown();
  }

  /** Makes a new connection, whose right was granted; where it fails, that is given back. */
  void open(Endpoint endpoint, Opening opening) {
    connector.open(
        endpoint,
        shared.live().origin().connectTimeout(),
        channel -> initialize(channel, endpoint),
        new OriginConnector.Result() {
          @Override
          public void onOpen(Channel channel) {
            channel.closeFuture().addListener(closed -> shared.limit().release());
            opening.onOpen(channel.pipeline().get(OriginConnection.class));
          }

          @Override
          public void onFailed(Throwable cause) {
            shared.limit().release();
            opening.onFailed(cause);
          }
        });
  }

  private void initialize(SocketChannel channel, Endpoint endpoint) {
    Limits limits = shared.live().current().limits();
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxHeadBytes())
            .setMaxHeaderSize(limits.maxHeadBytes())
            .setMaxChunkSize(MAX_PIECE_BYTES)
            .setStrictLineParsing(false); // RFC 9112 §2.2 lets a recipient take a bare LF
    AnswerDecoder decoder = new AnswerDecoder(config);
    channel
        .pipeline()
        .addLast(decoder)
        .addLast(new WholeMessage.RequestEncoder())
        .addLast(new OriginConnection(channel, loop, this, endpoint, decoder, limits.origin()));
  }
}
