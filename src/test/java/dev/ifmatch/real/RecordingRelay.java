package dev.ifmatch.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes bytes on between the proxy and its origin, keeps what the proxy sent, and can do something
 * just before a request of one method reaches the origin.
 */
final class RecordingRelay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private RecordingRelay(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
    threads.execute(this::accept);
  }

  static RecordingRelay to(int target) throws IOException {
    return new RecordingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Runs this once, when the next request of that method is on its way. */
  void beforeNext(String method, Runnable action) {
    before.put(method, action);
  }

  /** The requests of that method since the last {@link #forget}, as the origin got them. */
  List<String> sent(String method) {
    synchronized (sent) {
      return sent.stream().filter(request -> request.startsWith(method + " ")).toList();
    }
  }

  void forget() {
    sent.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket proxy = server.accept();
        Socket origin = new Socket(InetAddress.getLoopbackAddress(), target);
        threads.execute(() -> copy(proxy, origin, true));
        threads.execute(() -> copy(origin, proxy, false));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** The proxy writes each request in one piece, which is all that is relied on here. */
  private void copy(Socket from, Socket to, boolean recorded) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[64 << 10];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (recorded) {
          record(new String(piece, 0, n, ISO_8859_1));
        }
        out.write(piece, 0, n);
      }
    } catch (IOException gone) {
      // one side left, and both are closed
    }
  }

  private void record(String request) {
    sent.add(request);
    Runnable action = before.remove(request.split(" ", 2)[0]);
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
