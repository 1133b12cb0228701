package dev.ifmatch.exchange;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Every order in which events can reach a machine, the client leaving at every point: what must
 * always hold, holds, and what comes of each event is what the golden files say.
 */
class EveryOrderTest {

  @Test
  void writes() throws IOException {
    Golden golden = new Golden("write-exchange.golden.txt", WriteState.values());
    WriteOrders.all().forEach(plan -> golden.add(plan.traits(), plan.play()));
    golden.verify();
  }

  @Test
  void reads() throws IOException {
    Golden golden = new Golden("read-exchange.golden.txt", ReadExchange.State.values());
    ReadOrders.all().forEach(plan -> golden.add(plan.traits(), plan.play()));
    golden.verify();
  }

  @Test
  void relays() throws IOException {
    Golden golden = new Golden("relay-exchange.golden.txt", RelayExchange.State.values());
    RelayOrders.all().forEach(plan -> golden.add(plan.traits(), plan.play()));
    golden.verify();
  }
}
