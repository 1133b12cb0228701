package dev.ifmatch.concurrency;

import java.io.IOException;
import java.util.List;

/**
 * Connections to every event loop of a proxy. An event loop takes up what it finds in the order in
 * which it came: once each has answered twice, it has taken up all that was sent to it before.
 */
final class EventLoopFence implements AutoCloseable {
  private static final String ELSEWHERE = "/fence";

  private final List<ClientConnection> connections;

  EventLoopFence(int port) throws IOException {
    this.connections =
        ClientConnection.several(2 * Runtime.getRuntime().availableProcessors(), port);
  }

  void pass() throws IOException {
    ClientConnection.askAll(connections, i -> WireRequest.get(ELSEWHERE));
    ClientConnection.askAll(connections, i -> WireRequest.get(ELSEWHERE));
  }

  @Override
  public void close() throws IOException {
    ClientConnection.closeAll(connections);
  }
}
