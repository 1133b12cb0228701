package dev.ifmatch.concurrency;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** One connection of a client, kept open from request to request. Not thread-safe. */
public final class ClientConnection implements AutoCloseable {

  /** A client that waits longer is stuck, which fails its test. */
  private static final int STUCK_MILLIS = 15_000;

  private final Socket socket;
  private final InputStream in;

  private ClientConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  public static ClientConnection to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(STUCK_MILLIS);
    return new ClientConnection(socket);
  }

  /** Opens several, one after the other, so that a server's event loops get equal shares. */
  public static List<ClientConnection> several(int count, int port) throws IOException {
    List<ClientConnection> opened = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opened.add(to(port));
    }
    return opened;
  }

  /** Sends one request on each connection before the first answer is read; then reads them all. */
  public static List<WireMessage> askAll(
      List<ClientConnection> connections, IntFunction<WireRequest> request) throws IOException {
    sendAll(connections, request);
    return receiveAll(connections);
  }

  static void sendAll(List<ClientConnection> connections, IntFunction<WireRequest> request)
      throws IOException {
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).send(request.apply(i).bytes());
    }
  }

  static List<WireMessage> receiveAll(List<ClientConnection> connections) throws IOException {
    List<WireMessage> answers = new ArrayList<>();
    for (ClientConnection connection : connections) {
      answers.add(connection.receive());
    }
    return answers;
  }

  public static void closeAll(List<ClientConnection> connections) throws IOException {
    for (ClientConnection connection : connections) {
      connection.close();
    }
  }

  public WireMessage ask(WireRequest request) throws IOException {
    send(request.bytes());
    return receive();
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public WireMessage receive() throws IOException {
    return WireMessage.readAnswer(in);
  }

  /** Reads the answer's first octet and no more. */
  public void receiveFirstOctet() throws IOException {
    in.read();
  }

  /** Ends the connection with a reset, as a client does that crashes. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
