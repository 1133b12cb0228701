package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Origins with a name: a real name server on this machine tells where they are. */
class OriginNamesTest {
  private static final int HOUR = 3_600;
  private static final LimitsBuilder RESTLESS = LimitsBuilder.limits().names(20, 20, 3_600_000);

  private final EventLoopGroup loops = EventLoops.best().newGroup();
  private final Store store = new Store().with("/a", "old");
  private final List<HostileOrigin> origins = new ArrayList<>();
  private TestDns dns;
  private NameService names;
  private ProxyFixture proxy;

  @BeforeEach
  void start() throws IOException {
    dns = new TestDns();
    names =
        new DnsNames(
            loops.next(),
            EventLoops.best(),
            new SingletonDnsServerAddressStreamProvider(dns.address()));
    HostileOrigin first = new HostileOrigin(store);
    origins.add(first);
    for (String other : List.of("127.0.0.2", "127.0.0.3")) {
      InetSocketAddress same = new InetSocketAddress(InetAddress.getByName(other), first.port());
      origins.add(new HostileOrigin(same, store));
    }
  }

  @AfterEach
  void stop() throws IOException {
    names.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(); // and their buffers
    if (proxy != null) {
      proxy.close();
    }
    for (HostileOrigin origin : origins) {
      origin.close();
    }
    dns.close();
  }

  private void open(LimitsBuilder limits) throws IOException {
    Origin origin = Origin.parse("http://api.test:" + origins.get(0).port());
    proxy =
        ProxyFixture.before(
            Origins.of(List.of(origin)),
            limits.build(),
            Optional.of(names),
            ProxySettings.HostField.CLIENT);
  }

  private Reply get() throws IOException {
    return proxy.exchange(Phase.READ.request());
  }

  private void gets(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(get().status()).isEqualTo(200);
    }
  }

  private List<Boolean> used() {
    return origins.stream().map(origin -> !origin.requests().isEmpty()).toList();
  }

  private void awaitQuestions(int more) {
    int before = dns.questions();
    ProxyFixture.soon()
        .untilAsserted(() -> assertThat(dns.questions()).isGreaterThanOrEqualTo(before + more));
  }

  @Test
  void everyAddressIsUsed() throws IOException {
    dns.put("api.test", HOUR, "127.0.0.1", "127.0.0.2", "127.0.0.3");
    open(LimitsBuilder.limits());
    try (RawClient client = proxy.connect()) {
      for (int i = 0; i < 6; i++) {
        assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      }
    }
    assertThat(origins).extracting(origin -> origin.requests().size()).containsExactly(2, 2, 2);
    assertThat(origins.get(1).requests().get(0).field("Host")).contains("h");
  }

  @Test
  void anAddressWhereNothingListensIsLeftAlone() throws IOException {
    dns.put("api.test", HOUR, "127.0.0.9", "127.0.0.2");
    open(LimitsBuilder.limits());
    gets(6);
    assertThat(origins.get(1).requests()).hasSize(6);
  }

  /** Be it while a client has its connection open. */
  @Test
  void theNameIsLookedUpAgain() throws IOException {
    dns.put("api.test", 0, "127.0.0.1");
    open(RESTLESS);
    try (RawClient client = proxy.connect()) {
      assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      assertThat(used()).containsExactly(true, false, false);
      dns.put("api.test", 0, "127.0.0.2");
      ProxyFixture.soon()
          .untilAsserted(
              () -> {
                assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
                assertThat(used()).containsExactly(true, true, false);
              });
      origins.get(0).forget();
      for (int i = 0; i < 4; i++) {
        assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      }
      assertThat(origins.get(0).requests()).as("where it does not lead to any more").isEmpty();
    }
  }

  @Test
  void whatWasKnownCountsWhileTheNameServerFails() throws IOException {
    dns.put("api.test", 0, "127.0.0.1");
    open(RESTLESS);
    gets(1);
    dns.fail(true);
    awaitQuestions(3);
    gets(3);
    dns.put("api.test", 0, "127.0.0.3");
    dns.fail(false);
    ProxyFixture.soon()
        .untilAsserted(
            () -> {
              gets(1);
              assertThat(used()).containsExactly(true, false, true);
            });
  }

  @Test
  void whatWasKnownDoesNotCountForEver() throws IOException {
    dns.put("api.test", 0, "127.0.0.1");
    open(LimitsBuilder.limits().names(20, 20, 1));
    gets(1);
    dns.fail(true);
    ProxyFixture.soon()
        .untilAsserted(() -> assertThat(Stage.told(get())).isEqualTo("502 origin-unreachable"));
    dns.fail(false);
    ProxyFixture.soon().untilAsserted(() -> assertThat(get().status()).isEqualTo(200));
  }

  @Test
  void aNameThatNobodyKnowsIsNamed() throws IOException {
    open(RESTLESS);
    for (Phase phase : List.of(Phase.READ, Phase.POST)) {
      Reply reply = proxy.exchange(phase.request());
      assertThat(Stage.told(reply)).isEqualTo("502 origin-unreachable");
      assertThat(reply.problem().path("detail").asText()).contains("api.test is unknown");
    }
    Reply write = proxy.exchange(Phase.WRITE.request());
    assertThat(Stage.told(write)).isEqualTo("502 probe-failed");
    dns.put("api.test", HOUR, "127.0.0.1");
    ProxyFixture.soon().untilAsserted(() -> assertThat(get().status()).isEqualTo(200));
  }

  @Test
  void theTimeIsThatOfTheShortestPart() throws Exception {
    dns.put("plain.test", 7, "127.0.0.1", "127.0.0.2");
    dns.put("long.test", 100, "target.test").put("target.test", 8, "127.0.0.3");
    dns.put("short.test", 9, "target2.test").put("target2.test", 100, "127.0.0.3");
    assertThat(names.lookUp("plain.test").addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
    assertThat(names.lookUp("plain.test").holds()).isEqualTo(Duration.ofSeconds(7));
    assertThat(names.lookUp("long.test").holds()).isEqualTo(Duration.ofSeconds(8));
    assertThat(names.lookUp("short.test").holds()).isEqualTo(Duration.ofSeconds(9));
    assertThatThrownBy(() -> names.lookUp("none.test")).isInstanceOf(UnknownHostException.class);
  }
}
