package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import dev.ifmatch.exchange.Exchange;
import dev.ifmatch.exchange.OriginFailure;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way back of one exchange: from the origin's answers to the one that the client gets. Confined
 * to the client's event loop.
 */
final class AnswerPath implements OriginCall.Sink {

  /** Whose answers these are. */
  interface Owner extends ExchangeEvents {
    /** The origin's call is over, whatever became of it. */
    void onCallOver();
  }

  private final Owner owner;
  private final ChannelHandlerContext ctx;
  private final RequestPath toOrigin;
  private final OriginCalls calls;
  private final ClientAnswer answer;
  private final AnswerBody body;
  private final int tagBufferBytes;
  private final Slices slices;
  private long originLength = AnswerWriter.UNKNOWN_LENGTH;
  private boolean ownRequest;

  /**
   * The way from these calls to this answer.
   *
   * @param toOrigin the way that is open at the same time
   * @param body where the content goes on its way
   * @param tagBufferBytes how much of an answer is kept
   */
  AnswerPath(
      Owner owner,
      ChannelHandlerContext ctx,
      RequestPath toOrigin,
      OriginCalls calls,
      ClientAnswer answer,
      AnswerBody body,
      int tagBufferBytes) {
    this.owner = owner;
    this.ctx = ctx;
    this.toOrigin = toOrigin;
    this.calls = calls;
    this.answer = answer;
    this.body = body;
    this.tagBufferBytes = tagBufferBytes;
    this.slices = new Slices(ctx.channel().eventLoop(), owner);
  }

  // ---- what is done with the origin's answer

  /**
   * Another call is made.
   *
   * @param own whether it carries the client's request, and not a probe or a reread for it
   */
  void expectNext(boolean own) {
    body.expectNext();
    ownRequest = own;
  }

  void collect(BodyObserver observer) {
    body.collect(observer);
    if (originLength > tagBufferBytes) {
      overflow();
    }
  }

  void drain(BodyObserver observer) {
    body.drain(observer);
  }

  void abort() {
    calls.abort();
    slices.cancel();
  }

  /** Nobody will get the answer, but it is waited for. */
  void orphan() {
    if (calls.isAsking() && body.mode() == AnswerBody.Mode.COLLECTING) {
      body.release();
      body.drain(BodyObserver.NONE);
    }
  }

  /** Gives back what is kept. */
  void release() {
    body.release();
  }

  // ---- what the client gets

  void relay(ResponseHead from) {
    Optional<ByteBuf> whole = body.takeWhole();
    if (whole.isPresent()) {
      answer.whole(from, whole.get());
      return;
    }
    answer.begin(from, body.isWhole() ? body.length() : originLength);
    body.relay();
    body.stopLooking();
    if (body.isWhole()) {
      answer.finish(EmptyHttpHeaders.INSTANCE);
    } else {
      onClientWritabilityChanged();
    }
  }

  void relayWithTrailers(ResponseHead from, Supplier<List<Field>> trailers) {
    answer.beginWithTrailers(from, trailers);
    body.relay();
    onClientWritabilityChanged();
  }

  void relayHead(ResponseHead from) {
    body.drop();
    answer.whole(from, Unpooled.EMPTY_BUFFER);
  }

  void reply(Problem problem, List<Field> fields) {
    body.drop();
    answer.reply(problem, fields, ctx.alloc());
  }

  /** Takes no more from the origin than the client reads. */
  void onClientWritabilityChanged() {
    if (body.mode() == AnswerBody.Mode.RELAYING) {
      calls.setReading(ctx.channel().isWritable());
    }
  }

  // ---- what the origin does

  @Override
  public void onWritable() {
    toOrigin.onOriginWritable();
  }

  @Override
  public void onInformational(HttpResponse interim) {
    if (ownRequest) {
      answer.informational(interim);
    }
  }

  @Override
  public void onHead(HttpResponse from) {
    Headers.stripHopByHop(from.headers());
    originLength = Headers.length(from.headers());
    ResponseHead read = new ResponseHead(from.status().code(), new NettyFields(from.headers()));
    owner.tell(machine -> machine.onOriginHead(read));
  }

  @Override
  public void onSwitched(HttpResponse from) {
    ResponseHead read = new ResponseHead(from.status().code(), new NettyFields(from.headers()));
    owner.tell(machine -> machine.onSwitched(read));
  }

  @Override
  public void onContent(ByteBuf piece) {
    switch (body.take(piece)) {
      case FINE -> {
        if (!ctx.channel().isWritable()) {
          onClientWritabilityChanged();
        }
      }
      case OVERFLOW -> overflow();
      case TOO_MUCH -> abort();
    }
  }

  private void overflow() {
    body.drop();
    owner.tell(Exchange::onAnswerOverflow);
  }

  @Override
  public void onReadComplete() {
    body.observer().onPause();
    if (body.mode() == AnswerBody.Mode.RELAYING) {
      answer.flush();
    }
  }

  @Override
  public void onEnd(HttpHeaders fields) {
    slices.finish(body.observer(), () -> finishAnswer(fields));
  }

  /** The answer is here as a whole, and whoever looked at it is done. */
  private void finishAnswer(HttpHeaders fields) {
    switch (body.mode()) {
      case COLLECTING -> {
        body.markWhole();
        owner.tell(Exchange::onAnswerEnd);
      }
      case DRAINING -> owner.tell(Exchange::onAnswerEnd);
      case RELAYING -> answer.finish(fields);
      case UNDECIDED, UNWANTED -> {} // the answer was given without it
    }
    owner.onCallOver();
  }

  @Override
  public void onFailed(OriginFailure failure) {
    switch (body.mode()) {
      case COLLECTING -> {
        body.release();
        owner.tell(machine -> machine.onOriginFailed(failure));
      }
      case UNDECIDED, DRAINING -> owner.tell(machine -> machine.onOriginFailed(failure));
      case RELAYING -> answer.breakOff();
      case UNWANTED -> {} // the answer was given without it
    }
    owner.onCallOver();
  }

  @Override
  public boolean isWaitingForClient() {
    boolean unread = body.mode() == AnswerBody.Mode.RELAYING && !ctx.channel().isWritable();
    return unread || toOrigin.isAwaited();
  }
}
