package dev.ifmatch.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A client that sends exactly the octets that it is given. */
final class RawClient implements Closeable {
  private final Wire wire;

  RawClient(InetSocketAddress proxy) throws IOException {
    this(proxy, new Socket());
  }

  /** A client on a socket whose buffers are already as they are to be. */
  RawClient(InetSocketAddress proxy, Socket socket) throws IOException {
    socket.connect(proxy);
    this.wire = new Wire(socket);
  }

  RawClient send(String octets) throws IOException {
    wire.send(octets);
    return this;
  }

  RawClient send(byte[] octets) throws IOException {
    wire.send(octets);
    return this;
  }

  /** Sends each octet in a segment of its own. */
  RawClient sendOneByOne(String octets) throws IOException {
    for (int i = 0; i < octets.length(); i++) {
      wire.send(octets.substring(i, i + 1));
    }
    return this;
  }

  Wire wire() {
    return wire;
  }

  /** The answer to any request but HEAD. */
  Reply read() throws IOException {
    return read(true);
  }

  Reply readHeadOnly() throws IOException {
    return read(false);
  }

  private Reply read(boolean withBody) throws IOException {
    List<Reply> interim = new ArrayList<>();
    Reply head = Reply.of(wire.readHead());
    while (head.status() < 200) {
      interim.add(head);
      head = Reply.of(wire.readHead());
    }
    return head.after(interim).with(wire, withBody);
  }

  /** Reads all that still comes until the connection ends, by FIN or by RST. */
  String readToAnyEnd() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      for (byte[] next = wire.readBytes(1); ; next = wire.readBytes(1)) {
        rest.write(next);
      }
    } catch (SocketException | java.io.EOFException end) {
      return rest.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
