package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import dev.ifmatch.exchange.Exchange;
import dev.ifmatch.exchange.ExchangePort;
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
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
final class ExchangeDriver implements ExchangePort, AnswerPath.Owner, LockPort.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeDriver.class);

  /** From the first step to the last, whatever changes meanwhile. */
  private final ProxySettings settings;

  private final ClientPort client;
  private final ChannelHandlerContext ctx;
  private final HttpRequest request;
  private final RequestBody body;
  private final AnswerPath answer;
  private final LockPort lock;

  /** What is left to do when the request's body is here as a whole. */
  private final Slices slices;

  private final Exchange machine;
  private final RequestHead head;
  private ExchangeTime time = ExchangeTime.any();
  private boolean clientGone;

  ExchangeDriver(
      Proxy proxy,
      ClientPort client,
      ChannelHandlerContext ctx,
      HttpRequest request,
      RequestHead received,
      boolean hasBody) {
    this.settings = proxy.settings();
    this.client = client;
    this.ctx = ctx;
    this.request = request;
    this.answer = new AnswerPath(this, proxy, limits().tagBufferBytes(), ctx, request);
    this.body = new RequestBody(hasBody, limits().bodyMemoryBytes());
    this.slices = new Slices(ctx.channel().eventLoop(), this::crash);
    this.lock = new LockPort(proxy.lock(), ctx.channel().eventLoop(), this);
    this.head =
        new RequestHead(
            received.method(), Admission.originForm(received.target()), received.fields());
    // the machine is made, and looks at the fields, before those of one hop are taken off
    Plan plan = Plan.of(head, settings.routes());
    this.machine = Exchange.of(plan, head, this, proxy.listener(), proxy.bases());
  }

  void start(String clientAddress) {
    Headers.prepare(request, clientAddress, settings);
    if (subjectField().isPresent()) {
      ClientSubject.pass(request.headers(), subjectField().get(), ctx.channel());
    }
    if (limits().exchangeTimeout().isPresent()) {
      Duration most = limits().exchangeTimeout().get();
      time = ExchangeTime.start(ctx.channel().eventLoop(), most, this::onTimeOver);
    }
    tell(Exchange::start);
  }

  // ---- what the client does

  boolean takesBody() {
    return body.takesPieces();
  }

  /** Whether it is the client's turn to send. */
  @Override
  public boolean isWaitingForBody() {
    return body.isAwaited();
  }

  void onRequestContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      String why = String.valueOf(content.decoderResult().cause().getMessage());
      refuseBody(Refusal.MALFORMED_REQUEST, "its body is not well-formed: " + why);
      return;
    }
    if (content instanceof LastHttpContent last && subjectField().isPresent()) {
      ClientSubject.strip(last.trailingHeaders(), subjectField().get());
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
      slices.finish(body.takeObserver(), () -> tell(Exchange::onBodyReceived));
    }
  }

  void onRequestReadComplete() {
    body.flush();
    body.pause();
  }

  void onBodyLate(Duration silence) {
    String why = "no more of its body came for %d s".formatted(silence.toSeconds());
    refuseBody(Refusal.REQUEST_TIMEOUT, why);
  }

  /** The body that was asked for will not be had as a whole. */
  private void refuseBody(Refusal refusal, String why) {
    boolean spooling = body.isSpooling();
    body.drop();
    if (spooling) {
      tell(m -> m.onRefused(refusal, why));
    } else if (answer.isAnswered()) {
      client.cut();
    } else {
      tell(Exchange::onClientGone);
      reply(Problem.of(refusal, head, why), List.of());
    }
  }

  @Override
  public boolean isRequestComplete() {
    return client.isRequestComplete();
  }

  void onClientGone() {
    clientGone = true;
    slices.cancel();
    if (answer.isAnswered()) {
      answer.abort();
    } else {
      tell(Exchange::onClientGone);
    }
    answer.orphan(); // the origin may still have the write; its answer goes nowhere
    answer.withdraw("the client left");
    onCallOver();
  }

  void onClientWritabilityChanged() {
    answer.onClientWritabilityChanged();
  }

  void closeAfterwards() {
    answer.closeAfterwards();
  }

  // ---- what the machine commands

  @Override
  public void sendContinue() {
    answer.sendContinue();
  }

  @Override
  public void receiveBody(BodyObserver observer) {
    if (!body.isExpected()) {
      machine.onBodyReceived();
    } else if (Headers.length(request.headers()) > limits().maxBodyBytes()) {
      body.drop();
      machine.onRefused(Refusal.BODY_TOO_LARGE, tooLarge());
    } else {
      body.startSpooling(observer);
      client.serve();
    }
  }

  @Override
  public void acquireLock(List<ResourceKey> keys) {
    lock.acquire(keys, limits().lockWait());
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
  public void fetch(RequestHead asked, Optional<Duration> silence) {
    boolean own = head.method().isRead();
    Patience patience = silence.map(Patience::of).orElse(limits().origin().patience());
    start(answer.newCall(asked, false, true, own, patience));
  }

  private void start(OriginCall call) {
    if (time.isOver()) {
      call.expire(time.words());
    } else {
      call.start();
    }
  }

  @Override
  public void forward(RequestHead asked) {
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
    boolean safe = asked.method().isSafe() && !Plan.overridesMethod(asked);
    OriginCall call =
        answer.newCall(asked, body.isExpected(), safe, true, limits().origin().patience());
    body.sendTo(call);
    start(call);
  }

  @Override
  public void collect(BodyObserver observer) {
    answer.collect(observer);
  }

  @Override
  public void drain(BodyObserver observer) {
    answer.drain(observer);
  }

  @Override
  public void discard() {
    answer.release();
  }

  @Override
  public void abort() {
    answer.abort();
  }

  @Override
  public void relay(ResponseHead from) {
    answer.relay(from);
  }

  @Override
  public void relayWithTrailers(ResponseHead from, Supplier<List<Field>> trailers) {
    answer.relayWithTrailers(from, trailers);
  }

  @Override
  public void relayHead(ResponseHead from) {
    answer.relayHead(from);
  }

  @Override
  public void tunnel(ResponseHead from) {
    OriginConnection origin = answer.switchProtocols(from);
    close();
    client.tunnel(origin, limits().tunnelIdle());
  }

  @Override
  public void reply(Problem problem, List<Field> fields) {
    answer.reply(problem, fields);
  }

  // ---- what becomes of the answer

  @Override
  public void onOriginWritable() {
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
  public void onAnswered(boolean keepAlive) {
    close();
    client.onExchangeOver(keepAlive);
  }

  /** The client is to see that its answer is not whole. */
  @Override
  public void onAnswerBroken() {
    client.cut();
  }

  /** Without a client, the end of the call is the end of all. */
  @Override
  public void onCallOver() {
    if (clientGone && !answer.hasCall()) {
      close();
    }
  }

  // ---- what the lock tells

  @Override
  public void onLockGranted(Optional<Sighting> sighting) {
    tell(m -> m.onLockGranted(sighting));
  }

  @Override
  public void onLockRefused(Denial denial) {
    switch (denial) {
      case TIMED_OUT -> {
        String why = "%d ms".formatted(limits().lockWait().toMillis());
        tell(m -> m.onRefused(Refusal.LOCK_TIMEOUT, why));
      }
      case QUEUE_FULL -> {
        String why = "%d others are waiting already".formatted(limits().lockQueue());
        tell(m -> m.onRefused(Refusal.LOCK_QUEUE_FULL, why));
      }
    }
  }

  // ---- the end

  /** Ends what is waited for; where nothing is, the next call finds that its time is over. */
  private void onTimeOver() {
    if (answer.hasCall()) {
      answer.expire(time.words());
    } else if (body.isSpooling()) {
      refuseBody(Refusal.REQUEST_TIMEOUT, time.words());
    } else if (lock.isWaiting()) {
      lock.abandon();
      tell(m -> m.onRefused(Refusal.EXCHANGE_TIMEOUT, time.words()));
    }
  }

  @Override
  public void tell(Consumer<Exchange> event) {
    try {
      event.accept(machine);
    } catch (RuntimeException | Error bug) {
      crash(bug);
    }
  }

  /**
   * Fails closed: nobody gets an answer, and a write that may be going on keeps its lock a while.
   */
  @Override
  public void crash(Throwable cause) {
    LOG.error("{} {}: ended after an unexpected error", head.method(), head.target(), cause);
    slices.cancel();
    answer.giveUp();
    lock.abandonOrReleaseAfter(limits().grace());
    close();
    client.cut();
  }

  private void close() {
    time.stop();
    answer.release();
    try {
      body.close();
    } catch (IOException e) {
      LOG.warn("the temporary file of a request body could not be closed", e);
    }
  }

  private Optional<String> subjectField() {
    return settings.tls().clientSubjectField();
  }

  private Limits limits() {
    return settings.limits();
  }

  private String tooLarge() {
    return "it is larger than %d bytes".formatted(limits().maxBodyBytes());
  }
}
