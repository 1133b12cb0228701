package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import dev.ifmatch.exchange.Exchange;
import dev.ifmatch.exchange.ExchangePort;
import dev.ifmatch.exchange.OriginFailure;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.lock.ResourceLock.Denial;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the machine of one exchange commands, and tells it what happens. Confined to the
 * client's event loop.
 *
 * <p>An error in the machine or here ends the exchange: the client's connection is closed, and the
 * lock, if held, is given back after the grace time.
 */
final class ExchangeDriver implements ExchangePort, OriginCall.Sink, LockPort.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeDriver.class);

  private final Proxy proxy;
  private final ClientHandler client;
  private final ChannelHandlerContext ctx;
  private final HttpRequest request;
  private final RequestBody body;
  private final AnswerWriter writer;
  private final LockPort lock;
  private final Exchange machine;
  private final RequestHead head;
  private final AnswerBody answer;
  private Optional<OriginCall> call = Optional.empty();
  private Optional<Supplier<List<Field>>> trailers = Optional.empty();

  /** Whether the call carries the client's request, and not a probe or a reread for it. */
  private boolean ownRequest;

  private boolean answered;
  private boolean clientGone;
  private long originLength = AnswerWriter.UNKNOWN_LENGTH;

  ExchangeDriver(
      Proxy proxy,
      ClientHandler client,
      ChannelHandlerContext ctx,
      HttpRequest request,
      RequestHead received,
      boolean hasBody) {
    this.proxy = proxy;
    this.client = client;
    this.ctx = ctx;
    this.request = request;
    this.writer = new AnswerWriter(ctx, request);
    this.body = new RequestBody(hasBody, limits().bodyMemoryBytes());
    this.answer = new AnswerBody(writer, limits().tagBufferBytes());
    this.lock = new LockPort(proxy.lock(), ctx.channel().eventLoop(), this);
    this.head =
        new RequestHead(
            received.method(), Admission.originForm(received.target()), received.fields());
    // the machine is made, and looks at the fields, before those of one hop are taken off
    Plan plan = Plan.of(head, proxy.settings().policy());
    this.machine = Exchange.of(plan, head, this, proxy.listener());
  }

  void start(String clientAddress) {
    Headers.prepare(request, clientAddress, proxy.settings());
    guarded(machine::start);
  }

  // ---- what the client does

  boolean takesBody() {
    return body.takesPieces();
  }

  /** Whether it is the client's turn to send. */
  boolean isWaitingForBody() {
    return body.isAwaited();
  }

  void onRequestContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      String why = String.valueOf(content.decoderResult().cause().getMessage());
      refuseBody(Refusal.MALFORMED_REQUEST, "its body is not well-formed: " + why);
      return;
    }
    boolean spooling = body.isSpooling();
    try {
      body.take(content);
    } catch (IOException e) {
      LOG.error("the temporary file of a request body cannot be written", e);
      refuseBody(Refusal.SPOOL_FAILED, "its temporary file could not be written");
      return;
    }
    if (spooling && body.size() > limits().maxBodyBytes()) {
      refuseBody(Refusal.BODY_TOO_LARGE, tooLarge());
    } else if (spooling && !body.isSpooling()) {
      guarded(machine::onBodyReceived);
    }
  }

  void onRequestReadComplete() {
    body.flush();
  }

  void onBodyLate() {
    long seconds = limits().clientTimeout().toSeconds();
    refuseBody(Refusal.REQUEST_TIMEOUT, "no more of its body came for %d s".formatted(seconds));
  }

  /** The body that was asked for will not be had as a whole. */
  private void refuseBody(Refusal refusal, String why) {
    boolean spooling = body.isSpooling();
    body.drop();
    if (spooling) {
      guarded(() -> machine.onRefused(refusal, why));
    } else if (answered) {
      client.cut();
    } else {
      guarded(machine::onClientGone);
      reply(Problem.of(refusal, head, why), List.of());
    }
  }

  void onClientGone() {
    clientGone = true;
    if (answered) {
      abort();
    } else {
      guarded(machine::onClientGone);
    }
    if (call.isPresent() && answer.mode() == AnswerBody.Mode.COLLECTING) {
      answer.release(); // the origin still has the write; its answer goes nowhere
      answer.drain(BodyObserver.NONE);
    }
    closeIfAlone();
  }

  void onClientWritabilityChanged() {
    if (answer.mode() == AnswerBody.Mode.RELAYING) {
      call.ifPresent(c -> c.setReading(ctx.channel().isWritable()));
    }
  }

  void closeAfterwards() {
    writer.closeAfterwards();
  }

  // ---- what the machine commands

  @Override
  public void sendContinue() {
    writer.informational(HttpResponseStatus.CONTINUE, EmptyHttpHeaders.INSTANCE);
  }

  @Override
  public void receiveBody() {
    if (!body.isExpected()) {
      machine.onBodyReceived();
    } else if (Headers.length(request.headers()) > limits().maxBodyBytes()) {
      body.drop();
      machine.onRefused(Refusal.BODY_TOO_LARGE, tooLarge());
    } else {
      body.startSpooling();
      client.serve();
    }
  }

  @Override
  public void acquireLock(ResourceKey key) {
    lock.acquire(key, limits().lockWait());
  }

  @Override
  public void abandonLock() {
    lock.abandon();
  }

  @Override
  public void releaseLock(Optional<Sighting> sighting) {
    lock.release(sighting);
  }

  @Override
  public void releaseLockAfterGrace() {
    lock.releaseAfter(limits().grace());
  }

  @Override
  public void fetch(RequestHead asked) {
    HttpHeaders headers = ((NettyFields) asked.fields()).headers();
    HttpMethod method = HttpMethod.valueOf(asked.method().name());
    HttpRequest get = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, asked.target(), headers);
    ownRequest = head.method().isRead();
    call(get, false, true);
  }

  @Override
  public void forward(RequestHead asked) {
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    request.setUri(asked.target());
    if (body.isSpooled()) {
      Headers.frame(request.headers(), body.size());
    } else if (body.isExpected()) {
      Headers.frame(request.headers(), Headers.length(request.headers()));
      if (request.headers().contains(FieldName.EXPECT)) {
        request.headers().remove(FieldName.EXPECT);
        sendContinue();
      }
      body.startStreaming();
    }
    ownRequest = true;
    call(request, body.isExpected(), asked.method().isSafe() && !Plan.overridesMethod(asked));
  }

  private void call(HttpRequest asked, boolean withBody, boolean safe) {
    answer.expectNext();
    OriginCall next = new OriginCall(proxy.pool(), limits(), asked, withBody, safe, this);
    call = Optional.of(next);
    body.sendTo(next);
    next.start();
  }

  @Override
  public void collect(BodyObserver observer) {
    answer.collect(observer);
    if (originLength > limits().tagBufferBytes()) {
      overflow();
    }
  }

  @Override
  public void drain(BodyObserver observer) {
    answer.drain(observer);
  }

  @Override
  public void abort() {
    call.ifPresent(OriginCall::abort);
    call = Optional.empty();
  }

  @Override
  public void relay(ResponseHead from) {
    begin(from, answer.isWhole() ? answer.length() : originLength);
    answer.relay();
    answer.stopLooking();
    if (answer.isWhole()) {
      finish(EmptyHttpHeaders.INSTANCE);
    } else {
      onClientWritabilityChanged();
    }
  }

  @Override
  public void relayWithTrailers(ResponseHead from, Supplier<List<Field>> fields) {
    trailers = Optional.of(fields);
    begin(from, AnswerWriter.UNKNOWN_LENGTH);
    answer.relay();
    onClientWritabilityChanged();
  }

  @Override
  public void relayHead(ResponseHead from) {
    begin(from, AnswerWriter.UNKNOWN_LENGTH);
    answer.drop();
    finish(EmptyHttpHeaders.INSTANCE);
  }

  @Override
  public void reply(Problem problem, List<Field> fields) {
    answered = true;
    answer.drop();
    closeUnlessComplete();
    proxy.listener().onRefused(problem);
    ProblemWriter.write(writer, ctx.alloc(), problem, fields);
    conclude();
  }

  private void begin(ResponseHead from, long length) {
    answered = true;
    closeUnlessComplete();
    HttpHeaders headers = ((NettyFields) from.fields()).headers();
    writer.begin(HttpResponseStatus.valueOf(from.status()), headers, length);
  }

  /** What is answered before its request has come to its end is answered last. */
  private void closeUnlessComplete() {
    if (!client.isRequestComplete()) {
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
    writer.flush();
    conclude();
  }

  private void conclude() {
    close();
    client.onExchangeOver(writer.keepsAlive());
  }

  // ---- what the origin does

  @Override
  public void onWritable() {
    try {
      if (body.isStreaming()) {
        client.serve();
        body.flush();
      } else {
        body.pump(ctx.alloc());
      }
    } catch (IOException e) {
      crash(e); // the write is on its way, and the rest of it cannot be read back
    }
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
    Headers.stripHopByHop(from.headers());
    originLength = Headers.length(from.headers());
    ResponseHead read = new ResponseHead(from.status().code(), new NettyFields(from.headers()));
    guarded(() -> machine.onOriginHead(read));
  }

  @Override
  public void onContent(ByteBuf piece) {
    switch (answer.take(piece)) {
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
    answer.drop();
    guarded(machine::onAnswerOverflow);
  }

  @Override
  public void onReadComplete() {
    if (answer.mode() == AnswerBody.Mode.RELAYING) {
      writer.flush();
    }
  }

  @Override
  public void onEnd(HttpHeaders fields) {
    call = Optional.empty();
    switch (answer.mode()) {
      case COLLECTING -> {
        answer.markWhole();
        guarded(machine::onAnswerEnd);
      }
      case DRAINING -> guarded(machine::onAnswerEnd);
      case RELAYING -> finish(fields);
      case UNDECIDED, UNWANTED -> {} // the answer was given without it
    }
    closeIfAlone();
  }

  @Override
  public void onFailed(OriginFailure failure) {
    call = Optional.empty();
    switch (answer.mode()) {
      case COLLECTING -> {
        answer.release();
        guarded(() -> machine.onOriginFailed(failure));
      }
      case UNDECIDED, DRAINING -> guarded(() -> machine.onOriginFailed(failure));
      case RELAYING -> client.cut(); // so that the client sees that its answer is not whole
      case UNWANTED -> {} // the answer was given without it
    }
    closeIfAlone();
  }

  @Override
  public boolean isWaitingForClient() {
    boolean unread = answer.mode() == AnswerBody.Mode.RELAYING && !ctx.channel().isWritable();
    return unread || body.isAwaited();
  }

  // ---- what the lock tells

  @Override
  public void onLockGranted(Optional<Sighting> sighting) {
    guarded(() -> machine.onLockGranted(sighting));
  }

  @Override
  public void onLockRefused(Denial denial) {
    switch (denial) {
      case TIMED_OUT -> {
        String why = "%d ms".formatted(limits().lockWait().toMillis());
        guarded(() -> machine.onRefused(Refusal.LOCK_TIMEOUT, why));
      }
      case QUEUE_FULL -> {
        String why = "%d others are waiting already".formatted(limits().lockQueue());
        guarded(() -> machine.onRefused(Refusal.LOCK_QUEUE_FULL, why));
      }
    }
  }

  // ---- the end

  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException bug) {
      crash(bug);
    }
  }

  /**
   * Fails closed: nobody gets an answer, and a write that may be going on keeps its lock a while.
   */
  private void crash(Exception cause) {
    LOG.error("{} {}: ended after an unexpected error", head.method(), head.target(), cause);
    answered = true;
    abort();
    lock.abandonOrReleaseAfter(limits().grace());
    close();
    client.cut();
  }

  private void closeIfAlone() {
    if (clientGone && call.isEmpty()) {
      close();
    }
  }

  private void close() {
    answer.release();
    try {
      body.close();
    } catch (IOException e) {
      LOG.warn("the temporary file of a request body could not be closed", e);
    }
  }

  private Limits limits() {
    return proxy.settings().limits();
  }

  private String tooLarge() {
    return "it is larger than %,d bytes".formatted(limits().maxBodyBytes());
  }
}
