package dev.ifmatch.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Tells by its exit code whether the port in {@code IFMATCH_LISTEN} accepts connections, in a small
 * fraction of the time that the whole program takes to start.
 */
public final class HealthCheck {
  private static final int TIMEOUT_MILLIS = 2_000;

  private HealthCheck() {}

  public static void main(String[] args) {
    String listen = System.getenv().getOrDefault("IFMATCH_LISTEN", "127.0.0.1:8080");
    System.exit(check(listen, System.err));
  }

  static int check(String listen, PrintStream errors) {
    try (Socket socket = new Socket()) {
      socket.connect(target(listen), TIMEOUT_MILLIS);
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      errors.println("ifmatch: nothing accepts connections on " + listen + ": " + e.getMessage());
      return 1;
    }
  }

  /** Where a listener on this {@code host:port} can be reached from the same machine. */
  private static InetSocketAddress target(String listen) throws IOException {
    int colon = listen.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("IFMATCH_LISTEN must be host:port");
    }
    InetAddress host = InetAddress.getByName(listen.substring(0, colon));
    int port = Integer.parseInt(listen.substring(colon + 1));
    return new InetSocketAddress(
        host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host, port);
  }
}
