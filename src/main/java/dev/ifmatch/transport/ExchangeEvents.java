package dev.ifmatch.transport;

import dev.ifmatch.exchange.Exchange;
import java.util.function.Consumer;

/** What the parts of one exchange tell it. Confined to the client's event loop. */
interface ExchangeEvents extends Slices.Owner {

  /** Tells the exchange's machine of an event. */
  void tell(Consumer<Exchange> event);
}
