package dev.ifmatch.soak;

import dev.ifmatch.concurrency.ClientConnection;
import dev.ifmatch.concurrency.WireMessage;
import dev.ifmatch.concurrency.WireRequest;
import dev.ifmatch.soak.Ledger.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One client, which reads, counts up, and misbehaves, as its random numbers say. */
final class Client {
  private static final int PIPELINED = 30;

  /** What it has read of a counter. */
  private record Read(String tag, State state) {}

  private final int number;
  private final int port;
  private final boolean guarded;
  private final List<String> paths;
  private final Ledger ledger;
  private final Random random;
  private final Map<String, Read> known = new HashMap<>();
  private Optional<ClientConnection> connection = Optional.empty();
  private int attempts;

  /**
   * A client that has not connected yet.
   *
   * @param guarded whether it gets tags and brings them back
   */
  Client(int number, int port, boolean guarded, List<String> paths, Ledger ledger, long seed) {
    this.number = number;
    this.port = port;
    this.guarded = guarded;
    this.paths = paths;
    this.ledger = ledger;
    this.random = new Random(seed + number);
  }

  /** Goes on until a time of {@link System#nanoTime}. */
  void runUntil(long end) {
    while (System.nanoTime() - end < 0) {
      try {
        turn(paths.get(random.nextInt(paths.size())));
      } catch (SocketTimeoutException stuck) {
        ledger.count(Event.STUCK);
        leave(true);
      } catch (IOException broken) {
        leave(false); // by a reset, or behind an answer that was the connection's last
      } catch (IndexOutOfBoundsException | NumberFormatException nonsense) {
        ledger.count(guarded ? Event.WRONG_ANSWER : Event.FAILED_READ);
        leave(true);
      }
    }
    leave(false);
  }

  private void turn(String path) throws IOException {
    int roll = random.nextInt(1000);
    if (roll < 400) {
      read(path);
    } else if (roll < 900) {
      if (read(path)) {
        write(path);
      }
    } else if (roll < 940) {
      write(path); // from what it has read some time ago, if it has
    } else if (roll < 955) {
      writeWithoutTag(path);
    } else if (roll < 990) {
      leaveWithin(path);
    } else if (roll < 997) {
      askForMuchAndLeave();
    } else {
      stall(path);
    }
  }

  private ClientConnection connection() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(ClientConnection.to(port));
    }
    return connection.get();
  }

  private void leave(boolean byReset) {
    try {
      if (connection.isPresent() && byReset) {
        connection.get().reset();
      } else if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (IOException gone) {
      ledger.count(Event.LEFT);
    }
    connection = Optional.empty();
  }

  private WireMessage ask(WireRequest request) throws IOException {
    WireMessage answer = connection().ask(request);
    if (answer.has("Connection") && answer.field("Connection").equals("close")) {
      leave(false);
    }
    return answer;
  }

  /** Whether it could be read. */
  private boolean read(String path) throws IOException {
    WireRequest request = WireRequest.get(path);
    Optional<Read> before = Optional.ofNullable(known.get(path));
    boolean conditional = guarded && before.isPresent() && random.nextBoolean();
    WireMessage answer =
        ask(conditional ? request.with("If-None-Match: " + before.get().tag()) : request);
    Optional<State> state = State.of(answer.body());
    if (answer.status() == 304 && conditional && answer.tag().equals(before.get().tag())) {
      ledger.count(Event.NOT_MODIFIED);
      return true;
    }
    if (answer.status() >= 500) {
      ledger.count(Event.FAILED_READ);
      return false;
    }
    boolean tagged = answer.has("ETag") || !guarded;
    if (answer.status() != 200 || state.isEmpty() || !tagged) {
      return wrong();
    }
    Read now = new Read(guarded ? answer.tag() : "", state.get());
    if (before.filter(b -> guarded && b.tag().equals(now.tag())).isPresent()
        && !before.get().state().equals(now.state())) {
      return wrong(); // two states have one tag
    }
    known.put(path, now);
    ledger.count(Event.READ);
    return true;
  }

  private boolean wrong() {
    ledger.count(Event.WRONG_ANSWER);
    return false;
  }

  private void write(String path) throws IOException {
    Read from = known.get(path);
    if (from != null) {
      State next = from.state().next(nextWrite());
      judge(next.write(), ask(request(path, next, from.tag())), false);
    }
  }

  private State.Write nextWrite() {
    attempts++;
    return new State.Write(number, attempts);
  }

  private WireRequest request(String path, State next, String tag) {
    WireRequest write = WireRequest.put(path, next.document(Kind.of(path).padding));
    return guarded ? write.ifMatch(tag) : write;
  }

  private void judge(State.Write write, WireMessage answer, boolean tagIsMissing) {
    boolean notSent = answer.body().contains("\"sent\":false");
    switch (answer.status()) {
      case 204 -> {
        ledger.done(write);
        if (tagIsMissing) {
          wrong();
        }
      }
      case 412 -> ledger.notSent(write, Event.STALE);
      case 428 -> ledger.notSent(write, Event.MISSING);
      case 503 -> ledger.notSent(write, Event.BUSY);
      case 500 -> ledger.count(Event.UNKNOWN); // the backend's own
      case 502, 504 -> {
        if (notSent) {
          ledger.notSent(write, Event.NOT_SENT);
        } else {
          ledger.count(Event.UNKNOWN);
        }
      }
      default -> wrong();
    }
  }

  private void writeWithoutTag(String path) throws IOException {
    Read from = known.get(path);
    if (from != null && guarded) {
      State next = from.state().next(nextWrite());
      WireRequest write = WireRequest.put(path, next.document(Kind.of(path).padding));
      judge(next.write(), ask(write), true);
    }
  }

  /** Sends some of a write, all of it, or reads some of its answer, and goes. */
  private void leaveWithin(String path) throws IOException {
    Read from = known.get(path);
    if (from != null) {
      byte[] write = request(path, from.state().next(nextWrite()), from.tag()).bytes();
      int length = random.nextBoolean() ? write.length : 1 + random.nextInt(write.length);
      connection().send(Arrays.copyOf(write, length));
      if (length == write.length && random.nextBoolean()) {
        connection().receiveFirstOctet();
      }
      ledger.count(Event.LEFT);
      leave(random.nextBoolean());
    }
  }

  private void askForMuchAndLeave() throws IOException {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (int i = 0; i < PIPELINED; i++) {
      requests.write(WireRequest.get(paths.get(random.nextInt(paths.size()))).bytes());
    }
    connection().send(requests.toByteArray());
    connection().receiveFirstOctet();
    leave(random.nextBoolean());
  }

  /** Sends half a write and waits to be told that this took too long. */
  private void stall(String path) throws IOException {
    Read from = known.get(path);
    if (from != null && guarded) {
      State next = from.state().next(nextWrite());
      byte[] write = request(path, next, from.tag()).bytes();
      connection().send(Arrays.copyOf(write, write.length - 1));
      int status = connection().receive().status();
      leave(false);
      if (status == 408) {
        ledger.notSent(next.write(), Event.LEFT);
      } else {
        wrong();
      }
    }
  }
}
