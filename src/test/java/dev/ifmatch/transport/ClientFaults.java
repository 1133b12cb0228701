package dev.ifmatch.transport;

import static dev.ifmatch.transport.LimitsBuilder.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.transport.FaultTable.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a client can do wrong, in the words of the table of faults. */
final class ClientFaults {
  private static final Set<Phase> ASKED = EnumSet.of(Phase.READ, Phase.WRITE, Phase.POST);
  private static final Set<Phase> WITH_BODY = EnumSet.of(Phase.WRITE, Phase.POST);

  /** More than a sender gets rid of while nobody reads. */
  private static final int LARGE = 32 << 20;

  private ClientFaults() {}

  static Map<String, FaultScenario> all() {
    Map<String, FaultScenario> all = new HashMap<>();
    all.put("the client stops within the head", FaultScenario.in(ASKED, p -> stopping(p, 20)));
    all.put(
        "the client stops within the body",
        FaultScenario.in(WITH_BODY, p -> stopping(p, p.request().length() - 1)));
    all.put("the client leaves within the head", FaultScenario.in(ASKED, p -> leavingEarly(p, 20)));
    all.put(
        "the client leaves within the body",
        FaultScenario.in(WITH_BODY, p -> leavingEarly(p, p.request().length() - 1)));
    all.put(
        "the client leaves before its turn",
        FaultScenario.in(EnumSet.of(Phase.WRITE), ClientFaults::leavingTheQueue));
    all.put(
        "the client leaves", FaultScenario.in(EnumSet.allOf(Phase.class), ClientFaults::leaving));
    all.put(
        "the client never reads its answer", FaultScenario.in(ASKED, ClientFaults::neverReading));
    all.put(
        "the client sends a head of 64 KiB",
        FaultScenario.in(ASKED, p -> asking(p, "X: " + "x".repeat(64 << 10) + "\r\n")));
    all.put(
        "the client sends 1,000 fields",
        FaultScenario.in(ASKED, p -> asking(p, BackendFaults.fields(1_000))));
    return all;
  }

  private static Outcome asking(Phase phase, String fields) throws IOException {
    try (FaultPlay play = new FaultPlay(limits())) {
      return play.ask(phase.request().replace("Host: h\r\n", "Host: h\r\n" + fields));
    }
  }

  private static Outcome stopping(Phase phase, int octets) throws IOException {
    try (FaultPlay play = new FaultPlay(limits().clientTimeout(100));
        RawClient client = play.proxy().connect()) {
      client.send(phase.request().substring(0, octets));
      Outcome outcome = play.after(FaultPlay.told(client, phase.request()));
      assertThat(client.readToAnyEnd()).isEmpty();
      return outcome;
    }
  }

  private static Outcome leavingEarly(Phase phase, int octets) throws IOException {
    try (FaultPlay play = new FaultPlay(limits())) {
      try (RawClient client = play.proxy().connect()) {
        client.send(phase.request().substring(0, octets));
        play.proxy().fence();
      }
      play.proxy().fence();
      assertThat(play.origin().requests()).isEmpty();
      return play.after("nothing");
    }
  }

  private static Outcome leavingTheQueue(Phase phase) throws Exception {
    try (FaultPlay play = new FaultPlay(limits());
        RawClient first = play.proxy().connect()) {
      Hold hold = new Hold(play.store()::serve);
      play.with(phase, hold);
      first.send(phase.request());
      hold.awaitArrival();
      try (RawClient second = play.proxy().connect()) {
        second.send(phase.request());
        play.proxy().fence();
      }
      play.proxy().fence();
      hold.letGo();
      assertThat(FaultPlay.told(first, phase.request())).isEqualTo("200");
      return play.after("nothing");
    }
  }

  private static Outcome leaving(Phase phase) throws Exception {
    try (FaultPlay play = new FaultPlay(limits())) {
      Hold hold = new Hold(play.store()::serve);
      play.with(phase, hold);
      try (RawClient client = play.proxy().connect()) {
        client.send(phase.request());
        hold.awaitArrival();
      }
      if (phase != Phase.WRITE) {
        play.proxy().awaitLocks(0);
        hold.letGo();
        return play.after("nothing");
      }
      play.proxy().fence();
      assertThat(play.proxy().server().heldLocks()).isOne();
      hold.letGo();
      play.proxy().awaitLocks(0);
      Outcome after = play.after("nothing");
      return new Outcome(after.client(), "held until the backend answers", after.log());
    }
  }

  private static Outcome neverReading(Phase phase) throws Exception {
    Socket small = new Socket();
    small.setReceiveBufferSize(16 << 10);
    CountDownLatch left = new CountDownLatch(1);
    try (FaultPlay play = new FaultPlay(limits().clientTimeout(100));
        RawClient client = new RawClient(play.proxy().server().address(), small)) {
      play.with(
          phase,
          peer -> {
            peer.answer("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
            try {
              peer.wire().send(new byte[LARGE]);
            } catch (IOException ended) {
              left.countDown();
            }
          });
      client.send(phase.request());
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(client.readToAnyEnd()).hasSizeLessThan(LARGE);
      return play.after("cut off");
    }
  }
}
