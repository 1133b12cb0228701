package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import dev.ifmatch.exchange.Exchange;
import dev.ifmatch.exchange.ExchangePort;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
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
final class ExchangeDriver
    implements ExchangePort, RequestPath.Owner, AnswerPath.Owner, ClientAnswer.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeDriver.class);

  /** From the first step to the last, whatever changes meanwhile. */
  private final Limits limits;

  private final ClientPort client;
  private final EventLoop loop;
  private final RequestPath toOrigin;
  private final OriginCalls calls;
  private final AnswerPath toClient;
  private final ClientAnswer answer;
  private final LockPort lock;
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
    ProxySettings settings = proxy.settings();
    AnswerWriter writer = new AnswerWriter(ctx, request);
    int tagBuffer = settings.limits().tagBufferBytes();
    AnswerBody content = new AnswerBody(writer, tagBuffer);
    this.limits = settings.limits();
    this.client = client;
    this.loop = ctx.channel().eventLoop();
    this.toOrigin = new RequestPath(this, settings, client, ctx, request, hasBody);
    this.calls = new OriginCalls(proxy.pool(), proxy.undecided());
    this.answer = new ClientAnswer(this, proxy, client, writer);
    this.toClient = new AnswerPath(this, ctx, toOrigin, calls, answer, content, tagBuffer);
    this.lock = new LockPort(proxy.lock(), loop, limits, this);
    this.head =
        new RequestHead(
            received.method(), Admission.originForm(received.target()), received.fields());
    // the machine is made, and looks at the fields, before those of one hop are taken off
    Plan plan = Plan.of(head, settings.routes());
    this.machine = Exchange.of(plan, head, this, proxy.listener(), proxy.bases());
  }

  void start(String clientAddress) {
    toOrigin.prepare(clientAddress);
    if (limits.exchangeTimeout().isPresent()) {
      time = ExchangeTime.start(loop, limits.exchangeTimeout().get(), this::onTimeOver);
    }
    tell(Exchange::start);
  }

  // ---- what the client does

  /** Where what comes of the request's body is to go. */
  RequestPath request() {
    return toOrigin;
  }

  @Override
  public void onBodyBroken(Refusal refusal, String why) {
    if (answer.isBegun()) {
      client.cut();
    } else {
      Refusal told = calls.isSent() ? refusal.inPart() : refusal;
      tell(Exchange::onClientGone);
      reply(Problem.of(told, head, why), List.of());
    }
  }

  void onClientGone() {
    clientGone = true;
    toOrigin.cancel();
    if (answer.isBegun()) {
      toClient.abort();
    } else {
      tell(Exchange::onClientGone);
    }
    toClient.orphan(); // the origin may still have the write; its answer goes nowhere
    calls.withdraw("the client left");
    onCallOver();
  }

  void onClientWritabilityChanged() {
    toClient.onClientWritabilityChanged();
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
    if (toOrigin.hasBody()) {
      toOrigin.receive(observer);
    } else {
      machine.onBodyReceived();
    }
  }

  @Override
  public void acquireLock(List<ResourceKey> keys) {
    lock.acquire(keys);
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
    lock.releaseAfterGrace();
  }

  @Override
  public void fetch(RequestHead asked, Optional<Duration> silence) {
    boolean own = head.method().isRead();
    Patience patience = silence.map(Patience::of).orElse(limits.origin().patience());
    toClient.expectNext(own);
    calls.start(calls.next(asked, false, true, patience, toClient), time);
  }

  @Override
  public void forward(RequestHead asked) {
    toOrigin.frame();
    toClient.expectNext(true);
    boolean safe = asked.method().isSafe() && !Plan.overridesMethod(asked);
    Patience patience = limits.origin().patience();
    OriginCall call = calls.next(asked, toOrigin.hasBody(), safe, patience, toClient);
    toOrigin.sendTo(call.request());
    calls.start(call, time);
  }

  @Override
  public void collect(BodyObserver observer) {
    toClient.collect(observer);
  }

  @Override
  public void drain(BodyObserver observer) {
    toClient.drain(observer);
  }

  @Override
  public void discard() {
    toClient.release();
  }

  @Override
  public void abort() {
    toClient.abort();
  }

  @Override
  public void relay(ResponseHead from) {
    toClient.relay(from);
  }

  @Override
  public void relayWithTrailers(ResponseHead from, Supplier<List<Field>> trailers) {
    toClient.relayWithTrailers(from, trailers);
  }

  @Override
  public void relayHead(ResponseHead from) {
    toClient.relayHead(from);
  }

  @Override
  public void tunnel(ResponseHead from) {
    OriginConnection origin = calls.handOver();
    answer.switchProtocols(from);
    close();
    client.tunnel(origin, limits.tunnelIdle());
  }

  @Override
  public void reply(Problem problem, List<Field> fields) {
    toClient.reply(problem, fields);
  }

  // ---- what becomes of the answer

  @Override
  public void onAnswered(boolean keepAlive) {
    close();
    client.onExchangeOver(keepAlive);
  }

  /** Without a client, the end of the call is the end of all. */
  @Override
  public void onCallOver() {
    if (clientGone && !calls.isAsking()) {
      close();
    }
  }

  // ---- the end

  /** Ends what is waited for; where nothing is, the next call finds that its time is over. */
  private void onTimeOver() {
    if (calls.isAsking()) {
      calls.expire(time.words());
    } else if (toOrigin.isReceiving()) {
      toOrigin.refuse(Refusal.REQUEST_TIMEOUT, time.words());
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
    toOrigin.cancel();
    answer.giveUp();
    toClient.abort();
    lock.abandonOrReleaseAfterGrace();
    close();
    client.cut();
  }

  private void close() {
    time.stop();
    toClient.release();
    toOrigin.close();
  }
}
