package dev.ifmatch.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A backend on plain sockets that does with each request what a test wants, be it HTTP or not, and
 * keeps what it received.
 */
final class HostileOrigin implements AutoCloseable {

  /** What is done with one request, once its head was read. */
  @FunctionalInterface
  interface Act {
    void on(OriginPeer peer) throws IOException, InterruptedException;
  }

  /** What stands between the sockets and the octets: TLS, for one. */
  @FunctionalInterface
  interface Layer {
    Socket over(Socket socket) throws IOException;
  }

  private final ServerSocket server = new ServerSocket();
  private final Layer layer;

  /** Keeps the port from everybody else once nobody listens there. */
  private final Socket place = new Socket();

  private final Set<OriginPeer> peers = ConcurrentHashMap.newKeySet();
  private final List<Heard> heads = new CopyOnWriteArrayList<>();
  private final List<Heard> requests = new CopyOnWriteArrayList<>();
  private final List<Throwable> surprises = new CopyOnWriteArrayList<>();
  private volatile Function<Heard, Act> script;
  private final Thread acceptor;
  private final AtomicInteger connections = new AtomicInteger();

  /** A backend that answers with what the script says for each request's head. */
  HostileOrigin(Function<Heard, Act> script) throws IOException {
    this(script, socket -> socket);
  }

  /** The same, at this address. */
  HostileOrigin(InetSocketAddress at, Function<Heard, Act> script) throws IOException {
    this(at, script, socket -> socket);
  }

  HostileOrigin(Function<Heard, Act> script, Layer layer) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script, layer);
  }

  private HostileOrigin(InetSocketAddress at, Function<Heard, Act> script, Layer layer)
      throws IOException {
    this.script = script;
    this.layer = layer;
    server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    server.bind(at, 1024);
    place.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    place.bind(server.getLocalSocketAddress());
    acceptor = start("origin", this::accept);
  }

  /** A backend that does the same with every request. */
  static HostileOrigin always(Act act) throws IOException {
    return new HostileOrigin(request -> act);
  }

  /** From the next request on, does what this script says. */
  void play(Function<Heard, Act> other) {
    script = other;
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The requests that came as a whole, in the order of their ends. */
  List<Heard> requests() {
    return List.copyOf(requests);
  }

  List<Heard> requests(String method) {
    return requests.stream().filter(request -> request.method().equals(method)).toList();
  }

  /** The requests of which at least the head came. */
  List<Heard> heads() {
    return List.copyOf(heads);
  }

  /** How many connections were made so far. */
  int connections() {
    return connections.get();
  }

  /** Refuses connections from now on; those there are stay. */
  void stopListening() throws IOException {
    server.close();
    try {
      acceptor.join(); // the system listens as long as a thread waits for a connection
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  void forget() {
    heads.clear();
    requests.clear();
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      int number = connections.incrementAndGet();
      OriginPeer peer = new OriginPeer(new Wire(layer.over(socket)), requests::add);
      peers.add(peer);
      start("origin-" + number, () -> serve(peer));
    }
  }

  private void serve(OriginPeer peer) throws IOException, InterruptedException {
    while (!peer.wire().isClosed() && peer.readHead()) {
      heads.add(peer.request());
      script.apply(peer.request()).on(peer);
    }
    peer.wire().close();
  }

  /** What a thread of a test's backend does. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private Thread start(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException | InterruptedException ended) {
                // the proxy, the script or the test's end closed the socket
              } catch (RuntimeException | Error surprise) {
                surprises.add(surprise);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    place.close();
    for (OriginPeer peer : peers) {
      peer.wire().close();
    }
    if (!surprises.isEmpty()) {
      throw new AssertionError("the test's backend failed", surprises.get(0));
    }
  }
}
