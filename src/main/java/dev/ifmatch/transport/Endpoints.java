package dev.ifmatch.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All addresses of all origins, as they are known now. Shared by all event loops; thread-safe.
 *
 * <p>An address that is written as such, and {@code localhost}, is known once and for all; any
 * other name has a {@link NameWatch}.
 */
final class Endpoints implements AutoCloseable {
  private final LiveSettings live;
  private final List<NameWatch> watches = new ArrayList<>();

  /** Guarded by this. */
  private final Map<Origin, List<InetAddress>> known = new LinkedHashMap<>();

  /** Who waits until a first address is known, or none can be; guarded by this. */
  private final List<Runnable> awaiting = new ArrayList<>();

  private volatile List<Endpoint> current = List.of();

  /** The addresses of these origins; names are looked up from now on. */
  Endpoints(Origins origins, LiveSettings live, NameService names) {
    this.live = live;
    for (Origin origin : origins.all()) {
      known.put(origin, List.of());
    }
    for (Origin origin : origins.all()) {
      if (isFixed(origin.host())) {
        put(origin, fixed(origin.host()));
      } else {
        watches.add(new NameWatch(origin.host(), names, live, a -> put(origin, a)));
      }
    }
    watches.forEach(NameWatch::start);
  }

  private static boolean isFixed(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+") || host.equals("localhost");
  }

  private static List<InetAddress> fixed(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of(); // which is told to whoever asks for it
    }
  }

  /** All addresses, in the order of their origins; empty if none is known. */
  List<Endpoint> current() {
    return current;
  }

  /**
   * Waits until an address is known.
   *
   * @param told is run then, on any thread, and also if it turns out that there is none
   * @return false if none is known and none is being looked up: then nothing is run
   */
  boolean await(Runnable told) {
    synchronized (this) {
      if (current.isEmpty()) {
        boolean waits = watches.stream().anyMatch(NameWatch::isLookingUp);
        if (waits) {
          awaiting.add(told);
        }
        return waits;
      }
    }
    told.run();
    return true;
  }

  /** Why no address is known. */
  String unknown() {
    synchronized (this) {
      return known.keySet().stream()
          .map(origin -> "the host name %s is unknown".formatted(origin.host()))
          .collect(Collectors.joining(", and "));
    }
  }

  private void put(Origin origin, List<InetAddress> addresses) {
    List<Runnable> told = List.of();
    synchronized (this) {
      known.put(origin, addresses);
      List<Endpoint> all = new ArrayList<>();
      known.forEach((of, at) -> at.forEach(address -> all.add(endpoint(of, address))));
      current = List.copyOf(all);
      if (!all.isEmpty() || watches.stream().noneMatch(NameWatch::isLookingUp)) {
        told = List.copyOf(awaiting);
        awaiting.clear();
      }
    }
    told.forEach(Runnable::run);
  }

  /** The same as before where it was known already, with what is known of how it does. */
  private Endpoint endpoint(Origin origin, InetAddress address) {
    return current.stream()
        .filter(endpoint -> endpoint.is(origin, address))
        .findFirst()
        .orElseGet(() -> new Endpoint(origin, address, live));
  }

  @Override
  public void close() {
    watches.forEach(NameWatch::close);
  }
}
