package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of several origins gets which request, and what becomes of it where one fails. */
class SeveralOriginsTest {
  private static final Limits LIMITS =
      LimitsBuilder.limits().originRest(3_600_000).grace(1).build();

  /** For where an origin says nothing. */
  private static final Limits IMPATIENT =
      LimitsBuilder.limits().originTimeout(1_000).originRest(3_600_000).grace(1).build();

  @RegisterExtension final Stages stages = new Stages();
  private final Store store = new Store().with("/a", "old");

  private String told(Phase phase) throws IOException {
    return Stage.told(stages.proxy().exchange(phase.request()));
  }

  @Test
  void theyTakeTurns() throws IOException {
    stages.open(3, store, LIMITS);
    try (RawClient client = stages.proxy().connect()) {
      for (int i = 0; i < 9; i++) {
        assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      }
    }
    assertThat(stages.heard("GET")).containsExactly(3, 3, 3);
    assertThat(stages.origin(0).connections()).as("connections are kept for each").isOne();
  }

  /** The look before a write, the write, and the look behind it. */
  @Test
  void anExchangeStaysWithOne() throws IOException {
    stages.open(3, store, LIMITS);
    for (int i = 0; i < 12; i++) {
      assertThat(told(Phase.WRITE)).isEqualTo("200");
    }
    for (int i = 0; i < 3; i++) {
      List<String> asked = stages.origin(i).requests().stream().map(Heard::method).toList();
      assertThat(asked).isNotEmpty();
      for (int at = 0; at < asked.size(); at += 3) {
        assertThat(asked.subList(at, at + 3)).containsExactly("GET", "PUT", "GET");
      }
    }
    assertThat(stages.heardInAll("PUT")).isEqualTo(12);
  }

  /** As where one database lags behind another. */
  @Test
  void whatAnotherHasNotHeardOfIsErased() throws IOException {
    for (int i = 0; i < 2; i++) {
      stages.add(new HostileOrigin(new Store().with("/a", "old")));
    }
    stages.proxy(LIMITS, Optional.empty());
    try (RawClient client = stages.proxy().connect()) {
      String tag = client.send(Phase.READ.request()).read().tag();
      for (String text : List.of("first", "second")) {
        String write = Stage.request("PUT", "/a", text, "If-Match: " + tag);
        assertThat(client.send(write).read().status()).isEqualTo(200);
      }
    }
    assertThat(stages.heard("PUT")).containsExactly(1, 1);
  }

  @Test
  void eachSeesItsOwnNameWhereTheHostIsTheOrigins() throws IOException {
    stages.add(new HostileOrigin(store));
    stages.add(new HostileOrigin(store));
    stages.proxy(stages.urls(), LIMITS, Optional.empty(), ProxySettings.HostField.ORIGIN);
    for (int i = 0; i < 4; i++) {
      assertThat(told(Phase.WRITE)).isEqualTo("200");
    }
    for (int i = 0; i < 2; i++) {
      String own = "127.0.0.1:" + stages.origin(i).port();
      assertThat(stages.origin(i).requests()).isNotEmpty();
      assertThat(stages.origin(i).requests())
          .allMatch(heard -> heard.field("Host").orElse("").equals(own));
    }
  }

  // ---- one cannot be connected to

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE", "POST"})
  void oneThatRefusesIsPassedOver(Phase phase) throws IOException {
    stages.open(2, store, LIMITS);
    stages.origin(0).stopListening();
    for (int i = 0; i < 6; i++) {
      assertThat(told(phase)).isEqualTo("200");
    }
    String method = phase == Phase.READ ? "GET" : phase == Phase.POST ? "POST" : "PUT";
    assertThat(stages.heard(method)).containsExactly(0, 6);
  }

  /** Nothing was sent: another may be asked, be it for a write. */
  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE", "POST"})
  void oneThatDoesNotAcceptIsPassedOver(Phase phase) throws Exception {
    stages.add(new HostileOrigin(store));
    try (FullServer full = new FullServer()) {
      Limits impatient = LimitsBuilder.limits().connectTimeout(200).originRest(3_600_000).build();
      List<String> urls = List.of(full.url(), stages.origin(0).url());
      stages.proxy(urls, impatient, Optional.empty(), ProxySettings.HostField.CLIENT);
      for (int i = 0; i < 4; i++) {
        assertThat(told(phase)).isEqualTo("200");
      }
    }
  }

  /** What was compared there must be written there. */
  @Test
  void aWriteDoesNotMoveOnFromWhereItWasCompared() throws IOException {
    Function<Heard, HostileOrigin.Act> lastWords =
        Phase.PROBE.once(
            peer -> {
              for (HostileOrigin origin : List.of(stages.origin(0), stages.origin(1))) {
                if (origin.heads().size() == 1) {
                  origin.stopListening();
                }
              }
              peer.answer("200 OK\r\nConnection: close", "old");
              peer.wire().close();
            },
            store);
    stages.open(2, lastWords, LIMITS);
    assertThat(told(Phase.WRITE)).isEqualTo("502 origin-unreachable");
    assertThat(stages.heardInAll("PUT")).isZero();
    assertThat(stages.heardInAll("GET")).isOne();
    assertThat(told(Phase.WRITE)).as("the next goes to the other").isEqualTo("200");
  }

  // ---- one fails with a request

  @ParameterizedTest
  @EnumSource(names = {"CLOSES", "RESETS", "STALLS"})
  void aReadIsTriedOnceMoreOnAnother(Fault fault) throws IOException {
    stages.open(2, Phase.READ.once(fault, store), IMPATIENT);
    assertThat(told(Phase.READ)).isEqualTo("200");
    assertThat(stages.heard("GET")).containsExactly(1, 1);
    stages.forgetOrigins();

    stages.open(2, Phase.PROBE.once(fault, store), IMPATIENT);
    assertThat(told(Phase.WRITE)).isEqualTo("200");
    assertThat(stages.heard("GET")).as("probe; probe and reread").containsExactlyInAnyOrder(1, 2);
    assertThat(stages.heard("PUT"))
        .isEqualTo(stages.heard("GET").stream().map(n -> n - 1).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSES", "RESETS"})
  void aReadIsTriedOnceMoreAndNotTwice(Fault fault) throws IOException {
    stages.open(3, heard -> fault, LIMITS);
    assertThat(told(Phase.READ)).isEqualTo("502 origin-failed");
    assertThat(stages.heardInAll("GET")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF_HEAD", "HALF_BODY", "HALF_STATUS_LINE", "HINTS_AND_CLOSES", "GARBAGE"})
  void aReadOfWhoseAnswerSomethingCameIsNotTriedAgain(Fault fault) throws IOException {
    stages.open(2, heard -> fault, LIMITS);
    assertThat(told(Phase.READ)).isEqualTo("502 origin-failed");
    assertThat(stages.heardInAll("GET")).isOne();
  }

  /** Not even where the other origin is well. */
  @ParameterizedTest
  @EnumSource(names = {"CLOSES", "RESETS", "STALLS"})
  void aWriteIsNeverSentTwice(Fault fault) throws IOException {
    for (Phase phase : List.of(Phase.WRITE, Phase.POST)) {
      stages.open(2, phase.once(fault, store), IMPATIENT);
      String kind = fault == Fault.STALLS ? "504 outcome-unknown-timeout" : "502 outcome-unknown";
      assertThat(told(phase)).isEqualTo(kind);
      assertThat(stages.heardInAll(phase == Phase.POST ? "POST" : "PUT")).isOne();
      stages.forgetOrigins();
    }
  }

  /** It would tell of another's state. */
  @Test
  void theLookBehindAWriteIsNotTriedOnAnother() throws IOException {
    stages.open(2, Phase.REREAD.once(Fault.STALLS, store), IMPATIENT);
    assertThat(told(Phase.WRITE)).isEqualTo("200");
    assertThat(stages.heardInAll("GET")).isEqualTo(2);
    assertThat(stages.heard("GET")).contains(0, 2);
  }

  // ---- one comes back

  @Test
  void oneThatIsBackIsUsedAgain() throws IOException {
    HostileOrigin gone = new HostileOrigin(store);
    InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), gone.port());
    stages.add(new HostileOrigin(store));
    List<String> urls = List.of(gone.url(), stages.origin(0).url());
    gone.close();
    Limits restless = LimitsBuilder.limits().originRest(20).build();
    stages.proxy(urls, restless, Optional.empty(), ProxySettings.HostField.CLIENT);
    for (int i = 0; i < 4; i++) {
      assertThat(told(Phase.READ)).isEqualTo("200");
    }
    HostileOrigin back = stages.add(new HostileOrigin(place, store));
    ProxyFixture.soon()
        .untilAsserted(
            () -> {
              assertThat(told(Phase.READ)).isEqualTo("200");
              assertThat(back.requests()).isNotEmpty();
            });
  }

  @Test
  void whereAllFailTheyAreTriedAllTheSame() throws IOException {
    HostileOrigin gone = new HostileOrigin(store);
    InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), gone.port());
    stages.add(new HostileOrigin(store));
    List<String> urls = List.of(gone.url(), stages.origin(0).url());
    gone.close();
    stages.origin(0).stopListening();
    stages.proxy(urls, LIMITS, Optional.empty(), ProxySettings.HostField.CLIENT);
    assertThat(told(Phase.READ)).isEqualTo("502 origin-unreachable");
    assertThat(told(Phase.POST)).isEqualTo("502 origin-unreachable");
    stages.add(new HostileOrigin(place, store));
    assertThat(told(Phase.POST)).isEqualTo("200");
    assertThat(told(Phase.READ)).isEqualTo("200");
  }

  // ---- somebody asks whether they are well

  @Test
  void checksTakeOneOutAndBringItBack() throws IOException {
    AtomicInteger status = new AtomicInteger(500);
    AtomicInteger checks = new AtomicInteger();
    Function<Heard, HostileOrigin.Act> sick =
        heard -> {
          if (!heard.target().equals("/up")) {
            return store.apply(heard);
          }
          checks.incrementAndGet();
          return peer -> peer.answer(status + " So So", "");
        };
    stages.add(new HostileOrigin(sick));
    stages.add(new HostileOrigin(store.with("/up", "yes")));
    Checkup checkup = new Checkup("/up", Duration.ofMillis(20), Duration.ofSeconds(5), 200, 2, 2);
    stages.proxy(LIMITS, Optional.of(checkup));
    ProxyFixture.soon().untilAsserted(() -> assertThat(checks).hasValueGreaterThan(4));
    stages.origin(1).forget();
    for (int i = 0; i < 6; i++) {
      assertThat(told(Phase.POST)).isEqualTo("200");
    }
    assertThat(stages.heard("POST")).containsExactly(0, 6);
    Heard check = stages.origin(0).requests("GET").get(0);
    assertThat(check.field("Host")).contains("127.0.0.1:" + stages.origin(0).port());

    status.set(200);
    ProxyFixture.soon()
        .untilAsserted(
            () -> {
              assertThat(told(Phase.POST)).isEqualTo("200");
              assertThat(stages.origin(0).requests("POST")).isNotEmpty();
            });
  }

  /** They say nothing at all, or cannot be reached: that is a failure, too. */
  @ParameterizedTest
  @EnumSource(names = {"STALLS", "CLOSES", "GARBAGE"})
  void aCheckWithoutAnAnswerFails(Fault fault) throws IOException {
    Function<Heard, HostileOrigin.Act> sick =
        heard -> heard.target().equals("/up") ? fault : store.apply(heard);
    stages.add(new HostileOrigin(sick));
    stages.add(new HostileOrigin(store.with("/up", "yes")));
    Checkup checkup = new Checkup("/up", Duration.ofMillis(20), Duration.ofSeconds(1), 200, 1, 1);
    stages.proxy(LIMITS, Optional.of(checkup));
    ProxyFixture.soon()
        .untilAsserted(() -> assertThat(stages.origin(0).heads()).hasSizeGreaterThan(1));
    for (int i = 0; i < 4; i++) {
      assertThat(told(Phase.POST)).isEqualTo("200");
    }
    assertThat(stages.heard("POST")).containsExactly(0, 4);
  }
}
