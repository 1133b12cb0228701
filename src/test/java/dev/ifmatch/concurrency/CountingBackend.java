package dev.ifmatch.concurrency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A backend without entity-tags: keeps a text per path, counts reads and writes of each, and can
 * hold reads back. What it is asked, it does, on a thread per connection.
 */
final class CountingBackend implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, Resource> resources = new ConcurrentHashMap<>();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Makes the reads of one path wait, from the first one on, until it is opened. */
  static final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void awaitRead() throws InterruptedException {
      reached.await();
    }

    void open() {
      open.countDown();
    }

    private void pass() throws InterruptedException {
      reached.countDown();
      open.await();
    }
  }

  /** One path's text and what was asked of it. */
  private static final class Resource {
    private Optional<String> text = Optional.empty();
    private final List<String> written = new ArrayList<>();
    private int reads;

    synchronized Optional<String> read() {
      reads++;
      return text;
    }

    synchronized int write(String method, String body) {
      boolean present = text.isPresent();
      written.add(body);
      if (!present && !method.equals("PUT")) {
        return 404;
      }
      text = method.equals("DELETE") ? Optional.empty() : Optional.of(body);
      return present ? 204 : 201;
    }
  }

  private CountingBackend(ServerSocket server) {
    this.server = server;
    threads.execute(this::accept);
  }

  static CountingBackend start() throws IOException {
    return new CountingBackend(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return server.getLocalPort();
  }

  /** Sets a path's text and starts its counts anew. */
  void set(String path, String text) {
    Resource fresh = new Resource();
    fresh.text = Optional.of(text);
    resources.put(path, fresh);
  }

  /** Makes a path absent and starts its counts anew. */
  void remove(String path) {
    resources.put(path, new Resource());
  }

  String text(String path) {
    Resource resource = at(path);
    synchronized (resource) {
      return resource.text.orElseThrow();
    }
  }

  int reads(String path) {
    Resource resource = at(path);
    synchronized (resource) {
      return resource.reads;
    }
  }

  /** The contents of all writes that were received, in their order. */
  List<String> writes(String path) {
    Resource resource = at(path);
    synchronized (resource) {
      return List.copyOf(resource.written);
    }
  }

  Gate holdReads(String path) {
    Gate gate = new Gate();
    gates.put(path, gate);
    return gate;
  }

  private Resource at(String path) {
    return resources.computeIfAbsent(path, p -> new Resource());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        out.write(answer(WireMessage.readRequest(in)));
      }
    } catch (IOException gone) {
      connections.remove(socket);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] answer(WireMessage request) throws InterruptedException {
    String path = normalized(request.target());
    if (!request.method().equals("GET")) {
      return answer(at(path).write(request.method(), request.body()), "");
    }
    Gate gate = gates.remove(path);
    if (gate != null) {
      gate.pass();
    }
    Optional<String> text = at(path).read();
    return answer(text.isPresent() ? 200 : 404, text.orElse("nothing"));
  }

  private static byte[] answer(int status, String body) {
    String length = status == 204 ? "" : "Content-Length: %d\r\n".formatted(body.length());
    return "HTTP/1.1 %d -\r\nContent-Type: text/plain\r\n%s\r\n%s"
        .formatted(status, length, body)
        .getBytes(UTF_8);
  }

  /** As many frameworks do: decodes, folds slashes, and passes over dots. */
  private static String normalized(String target) {
    List<String> kept = new ArrayList<>();
    for (String segment : target.split("[?;]", 2)[0].split("/", -1)) {
      String plain = URLDecoder.decode(segment, UTF_8);
      if (plain.equals("..")) {
        kept.remove(kept.size() - 1);
      } else if (!plain.isEmpty() && !plain.equals(".")) {
        kept.add(plain);
      }
    }
    return "/" + String.join("/", kept);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
