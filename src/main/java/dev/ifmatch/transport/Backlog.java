package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a client has sent too early waits here. The connection reads on while nothing waits, so that
 * a client's leaving is noticed, and not while something does, which is how back-pressure reaches
 * the client. Confined to the connection's event loop.
 */
final class Backlog {

  /** Who takes what waits, in its order. */
  interface Taker {
    /** Whether this message could be taken now. */
    boolean canTake(Object message);

    void take(Object message);

    /** Whether more may be read while nothing waits here. */
    boolean isReadyForMore();
  }

  private final Channel channel;
  private final Taker taker;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private boolean serving;

  Backlog(Channel channel, Taker taker) {
    this.channel = channel;
    this.taker = taker;
  }

  /** Adds the next message, which is taken at once where it can be. */
  void add(Object message) {
    waiting.addLast(message);
    serve();
  }

  /** Whether a request waits for the one before it to be answered. */
  boolean holdsRequest() {
    return waiting.stream().anyMatch(HttpRequest.class::isInstance);
  }

  /** Hands over what waits, as far as it can be taken now; from within that, does nothing. */
  void serve() {
    if (serving) {
      return;
    }
    serving = true;
    try {
      while (!waiting.isEmpty() && taker.canTake(waiting.peekFirst())) {
        taker.take(waiting.pollFirst());
      }
    } finally {
      serving = false;
    }
    boolean reads = waiting.isEmpty() && taker.isReadyForMore();
    if (channel.config().isAutoRead() != reads) {
      channel.config().setAutoRead(reads);
    }
  }

  /** Gives back what waits: nobody will take it. */
  void release() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
