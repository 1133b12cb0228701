package dev.ifmatch.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that all want something at the same time, on connections that they keep. */
final class Crowd implements AutoCloseable {
  private final List<RawClient> clients = new ArrayList<>();

  Crowd(ProxyFixture proxy, int size) throws IOException {
    for (int i = 0; i < size; i++) {
      clients.add(proxy.connect());
    }
  }

  /** Sends each client's request before the first answer is read; then reads them all. */
  List<Reply> ask(List<String> requests) throws IOException {
    for (int i = 0; i < requests.size(); i++) {
      clients.get(i).send(requests.get(i));
    }
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      replies.add(clients.get(i).read());
    }
    return replies;
  }

  @Override
  public void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }
}
