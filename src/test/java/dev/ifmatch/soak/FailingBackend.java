package dev.ifmatch.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.concurrency.WireMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** A backend that keeps counters, looks at no precondition, and fails now and then. */
final class FailingBackend implements AutoCloseable {
  /** Longer than a request is waited for, and within the grace time behind that. */
  static final Duration STALL = Duration.ofMillis(1500);

  /** A write that has become later than this is not applied: nothing keeps others off any more. */
  static final Duration LATEST = Duration.ofMillis(2500);

  private final ServerSocket server;
  private final ConcurrentMap<String, Counter> counters = new ConcurrentHashMap<>();
  private final Writes applied = new Writes();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final LongAdder faults = new LongAdder();
  private volatile int requestsPerFault;

  private FailingBackend(ServerSocket server) {
    this.server = server;
    start("backend", this::accept);
  }

  static FailingBackend start() throws IOException {
    return new FailingBackend(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return server.getLocalPort();
  }

  Collection<Counter> counters() {
    return counters.values();
  }

  /** All writes that it has applied. */
  Writes applied() {
    return applied;
  }

  int openConnections() {
    return connections.size();
  }

  long faults() {
    return faults.sum();
  }

  /** From now on, something goes wrong with about one of so many requests; 0 for none. */
  void failOneIn(int requests) {
    requestsPerFault = requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        start("backend connection", () -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    Random random = new Random();
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean goesOn = true;
      while (goesOn) {
        int rate = requestsPerFault;
        Faults fault = rate == 0 ? Faults.NONE : Faults.oneIn(rate, random);
        if (fault == Faults.RESETS_EARLY) {
          in.read();
          faults.increment();
          reset(socket);
          return;
        }
        goesOn = serve(WireMessage.readRequest(in), fault, socket, random);
      }
    } catch (IOException gone) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  /** Answers whether the connection goes on. */
  private boolean serve(WireMessage request, Faults fault, Socket socket, Random random)
      throws IOException, InterruptedException {
    if (fault != Faults.NONE) {
      faults.increment();
    }
    long received = System.nanoTime();
    String answer = fault.isAfterwards() ? done(request, random) : "";
    switch (fault) {
      case NONE -> send(socket, answer);
      case ANSWERS_HALF -> send(socket, answer.substring(0, answer.length() / 2));
      case FAILS -> send(socket, "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops");
      case TALKS_NONSENSE -> send(socket, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
      case RESETS, RESETS_AFTERWARDS, RESETS_AND_IS_LATE -> reset(socket);
      case STALLS, STALLS_AFTERWARDS, STALLS_AND_IS_LATE -> Thread.sleep(STALL.toMillis());
      default -> {} // the connection ends
    }
    if (fault == Faults.RESETS_AND_IS_LATE) {
      Thread.sleep(STALL.toMillis());
    }
    if (fault.isLate() && System.nanoTime() - received < LATEST.toNanos()) {
      done(request, random);
    }
    return fault == Faults.NONE || fault == Faults.FAILS;
  }

  private String done(WireMessage request, Random random) {
    Counter counter = counters.computeIfAbsent(request.target(), path -> new Counter(applied));
    if (request.method().equals("PUT")) {
      State.of(request.body()).ifPresent(counter::apply);
      return "HTTP/1.1 204 No Content\r\n\r\n";
    }
    return Kind.of(request.target()).answer(counter.state(), random);
  }

  private static void send(Socket socket, String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
