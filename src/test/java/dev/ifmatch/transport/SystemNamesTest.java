package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SystemNamesTest {

  @Test
  void dnsIsAskedFromTheSecondTimeOn() throws Exception {
    AtomicInteger made = new AtomicInteger();
    NameService.Answer told =
        new NameService.Answer(List.of(InetAddress.getByName("127.0.0.3")), Duration.ofHours(1));
    try (SystemNames system =
        new SystemNames(
            () -> {
              made.incrementAndGet();
              return host -> told;
            })) {
      assertThatThrownBy(() -> system.lookUp("no-such-host.invalid"))
          .isInstanceOf(UnknownHostException.class);
      assertThat(made).as("what asks DNS is made when it is needed").hasValue(0);
      assertThat(system.lookUp("no-such-host.invalid")).isEqualTo(told);
      assertThat(system.lookUp("no-such-host.invalid")).isEqualTo(told);
      assertThat(made).hasValue(1);
    }
  }

  @Test
  void whatTheHostsFileSaysWins() throws Exception {
    NameService dnsLies =
        host -> {
          throw new AssertionError("DNS is asked for " + host);
        };
    try (SystemNames system = new SystemNames(() -> dnsLies)) {
      for (int i = 0; i < 3; i++) {
        assertThat(system.lookUp("localhost").addresses()).allMatch(InetAddress::isLoopbackAddress);
      }
    }
  }

  @Test
  void whatDnsDoesNotKnowThePlatformIsAskedFor() throws Exception {
    NameService knowsNothing =
        host -> {
          throw new UnknownHostException(host);
        };
    try (SystemNames system = new SystemNames(() -> knowsNothing)) {
      String literal = "127.0.0.1"; // which every platform knows, and no hosts file needs to
      system.lookUp(literal);
      assertThat(system.lookUp(literal).holds()).isEqualTo(Duration.ofSeconds(30));
    }
  }

  /**
   * What the platform knows is older than what DNS has said last, which still holds for a while.
   */
  @Test
  void whatDnsHasKnownThePlatformIsNotAskedForAgain() throws Exception {
    NameService.Answer told =
        new NameService.Answer(List.of(InetAddress.getByName("127.0.0.3")), Duration.ofSeconds(7));
    NameService fails =
        host -> {
          throw new UnknownHostException("no server answers");
        };
    AtomicReference<NameService> dns = new AtomicReference<>(host -> told);
    try (SystemNames system = new SystemNames(() -> host -> dns.get().lookUp(host))) {
      String literal = "127.0.0.1";
      system.lookUp(literal);
      assertThat(system.lookUp(literal)).isEqualTo(told);
      dns.set(fails);
      assertThatThrownBy(() -> system.lookUp(literal)).hasMessage("no server answers");
      dns.set(host -> told);
      assertThat(system.lookUp(literal)).isEqualTo(told);
    }
  }
}
