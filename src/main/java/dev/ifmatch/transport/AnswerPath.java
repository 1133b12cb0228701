package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import dev.ifmatch.exchange.Exchange;
import dev.ifmatch.exchange.OriginFailure;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way back of one exchange: from the origin's answers to the one that the client gets. Confined
 * to the client's event loop.
 */
final class AnswerPath implements OriginCall.Sink {

  /** Whose answers these are. */
  interface Owner {
    /** Tells the exchange's machine of an event. */
    void tell(Consumer<Exchange> event);

    /** The origin takes more of the request's body. */
    void onOriginWritable();

    /** Whether the request was received as a whole. */
    boolean isRequestComplete();

    /** Whether more of the request is waited for. */
    boolean isWaitingForBody();

    /** The client's answer is written as a whole. */
    void onAnswered(boolean keepAlive);

    /** The client's answer cannot be completed. */
    void onAnswerBroken();

    /** The origin's call is over, whatever became of it. */
    void onCallOver();

    /** Ends the exchange after an unexpected error. */
    void crash(Throwable cause);
  }

  private final Owner owner;
  private final Proxy proxy;
  private final int tagBufferBytes;
  private final ChannelHandlerContext ctx;
  private final AnswerWriter writer;
  private final AnswerBody body;
  private final Slices slices;
  private Optional<OriginCall> call = Optional.empty();

  /** Whom the exchange stays with: what it is told in one call holds for the next. */
  private Optional<Endpoint> stay = Optional.empty();

  private Optional<Supplier<List<Field>>> trailers = Optional.empty();
  private long originLength = AnswerWriter.UNKNOWN_LENGTH;
  private boolean ownRequest;
  private boolean answered;

  /** Whether a write is at the origin that did not begin to answer it. */
  private boolean undecided;

  AnswerPath(
      Owner owner,
      Proxy proxy,
      int tagBufferBytes,
      ChannelHandlerContext ctx,
      HttpRequest request) {
    this.owner = owner;
    this.proxy = proxy;
    this.tagBufferBytes = tagBufferBytes;
    this.ctx = ctx;
    this.writer = new AnswerWriter(ctx, request);
    this.body = new AnswerBody(writer, tagBufferBytes);
    this.slices = new Slices(ctx.channel().eventLoop(), owner::crash);
  }

  /** Whether the client's answer has begun. */
  boolean isAnswered() {
    return answered;
  }

  boolean hasCall() {
    return call.isPresent();
  }

  void closeAfterwards() {
    writer.closeAfterwards();
  }

  // ---- what is asked of the origin, and what is done with its answer

  /**
   * Makes the next call, still to be started.
   *
   * @param own whether it carries the client's request, and not a probe or a reread for it
   * @param patience how long the origin is waited for
   */
  OriginCall newCall(
      RequestHead asked, boolean withBody, boolean safe, boolean own, Patience patience) {
    body.expectNext();
    ownRequest = own;
    if (own && !safe) {
      undecided = true;
      proxy.undecided().incrementAndGet();
    }
    OriginCall next = new OriginCall(proxy.pool(), stay, patience, asked, withBody, safe, this);
    call = Optional.of(next);
    return next;
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
    settle();
    call.ifPresent(OriginCall::abort);
    call = Optional.empty();
    slices.cancel();
  }

  /** Ends the call that is going on, if any: it has taken too long. */
  void expire(String why) {
    call.ifPresent(c -> c.expire(why));
  }

  /** Ends the call that is going on if nothing of it was sent yet. */
  void withdraw(String why) {
    call.ifPresent(c -> c.withdraw(why));
  }

  /** Nobody will get the answer, but it is waited for. */
  void orphan() {
    if (call.isPresent() && body.mode() == AnswerBody.Mode.COLLECTING) {
      body.release();
      body.drain(BodyObserver.NONE);
    }
  }

  /** Gives back what is kept. */
  void release() {
    body.release();
  }

  // ---- what the client gets

  void sendContinue() {
    writer.informational(HttpResponseStatus.CONTINUE, EmptyHttpHeaders.INSTANCE);
  }

  void relay(ResponseHead from) {
    Optional<ByteBuf> whole = body.takeWhole();
    if (whole.isPresent()) {
      answerWhole(from, whole.get());
      return;
    }
    begin(from, body.isWhole() ? body.length() : originLength);
    body.relay();
    body.stopLooking();
    if (body.isWhole()) {
      finish(EmptyHttpHeaders.INSTANCE);
    } else {
      onClientWritabilityChanged();
    }
  }

  void relayWithTrailers(ResponseHead from, Supplier<List<Field>> fields) {
    trailers = Optional.of(fields);
    begin(from, AnswerWriter.UNKNOWN_LENGTH);
    body.relay();
    onClientWritabilityChanged();
  }

  void relayHead(ResponseHead from) {
    body.drop();
    answerWhole(from, Unpooled.EMPTY_BUFFER);
  }

  void reply(Problem problem, List<Field> fields) {
    answered = true;
    body.drop();
    closeUnlessComplete();
    proxy.listener().onRefused(problem);
    ProblemWriter.write(writer, ctx.alloc(), problem, fields);
    end();
  }

  /** Answers that the protocol is switched, and gives the connection to the origin away. */
  OriginConnection switchProtocols(ResponseHead from) {
    answered = true;
    OriginConnection connection = call.orElseThrow().handOver();
    call = Optional.empty();
    writer.switchProtocols(headers(from));
    return connection;
  }

  /** No answer can be given any more. */
  void giveUp() {
    answered = true;
    abort();
  }

  private void begin(ResponseHead from, long length) {
    answered = true;
    closeUnlessComplete();
    writer.begin(HttpResponseStatus.valueOf(from.status()), headers(from), length);
  }

  private void answerWhole(ResponseHead from, ByteBuf content) {
    answered = true;
    closeUnlessComplete();
    writer.whole(HttpResponseStatus.valueOf(from.status()), headers(from), content);
    end();
  }

  private static HttpHeaders headers(ResponseHead from) {
    return ((NettyFields) from.fields()).headers();
  }

  /** What is answered before its request has come to its end, or while we stop, comes last. */
  private void closeUnlessComplete() {
    if (!owner.isRequestComplete() || proxy.draining().getAsBoolean()) {
      writer.closeAfterwards();
    }
  }

  private void finish(HttpHeaders fields) {
    HttpHeaders last = fields;
    if (trailers.isPresent()) {
      last = DefaultHttpHeadersFactory.trailersFactory().newHeaders();
      for (Field field : trailers.get().get()) {
        last.add(field.name(), field.value());
      }
    }
    writer.finish(last);
    end();
  }

  private void end() {
    writer.flush();
    owner.onAnswered(writer.keepsAlive());
  }

  /** Takes no more from the origin than the client reads. */
  void onClientWritabilityChanged() {
    if (body.mode() == AnswerBody.Mode.RELAYING) {
      call.ifPresent(c -> c.setReading(ctx.channel().isWritable()));
    }
  }

  // ---- what the origin does

  @Override
  public void onAsked(Endpoint endpoint) {
    stay = endpoint.itself();
  }

  @Override
  public void onWritable() {
    owner.onOriginWritable();
  }

  @Override
  public void onInformational(HttpResponse interim) {
    if (ownRequest) {
      Headers.stripHopByHop(interim.headers());
      writer.informational(interim.status(), interim.headers());
    }
  }

  @Override
  public void onHead(HttpResponse from) {
    settle();
    Headers.stripHopByHop(from.headers());
    originLength = Headers.length(from.headers());
    ResponseHead read = new ResponseHead(from.status().code(), new NettyFields(from.headers()));
    owner.tell(machine -> machine.onOriginHead(read));
  }

  @Override
  public void onSwitched(HttpResponse from) {
    settle();
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

  private void settle() {
    if (undecided) {
      undecided = false;
      proxy.undecided().decrementAndGet();
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
      writer.flush();
    }
  }

  @Override
  public void onEnd(HttpHeaders fields) {
    call = Optional.empty();
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
      case RELAYING -> finish(fields);
      case UNDECIDED, UNWANTED -> {} // the answer was given without it
    }
    owner.onCallOver();
  }

  @Override
  public void onFailed(OriginFailure failure) {
    settle();
    call = Optional.empty();
    switch (body.mode()) {
      case COLLECTING -> {
        body.release();
        owner.tell(machine -> machine.onOriginFailed(failure));
      }
      case UNDECIDED, DRAINING -> owner.tell(machine -> machine.onOriginFailed(failure));
      case RELAYING ->
          owner.onAnswerBroken(); // so that the client sees that its answer is not whole
      case UNWANTED -> {} // the answer was given without it
    }
    owner.onCallOver();
  }

  @Override
  public boolean isWaitingForClient() {
    boolean unread = body.mode() == AnswerBody.Mode.RELAYING && !ctx.channel().isWritable();
    return unread || owner.isWaitingForBody();
  }
}
