package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * One end of a connection, octet by octet: sends exactly what it is told, reads heads and framed
 * bodies. Every wait ends, at the latest, with an exception.
 */
final class Wire implements Closeable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    this.out = socket.getOutputStream();
  }

  void send(String octets) throws IOException {
    send(octets.getBytes(ISO_8859_1));
  }

  void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** Sends a FIN: nothing follows, but an answer can still be read. */
  void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a RST. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  /** How many bytes can be read without waiting. */
  int available() throws IOException {
    return in.available();
  }

  /** A head with its empty line; empty where the connection ends before one begins. */
  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int octet = in.read();
      if (octet < 0) {
        if (head.size() == 0) {
          return "";
        }
        throw new EOFException("the connection ended within a head: " + head);
      }
      head.write(octet);
      ends = octet == '\n' ? ends + 1 : octet == '\r' ? ends : 0;
    }
    return head.toString(ISO_8859_1);
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the connection ended after %d of %d".formatted(bytes.length, count));
    }
    return bytes;
  }

  /** What is left until the connection ends; a reset throws. */
  byte[] readToEnd() throws IOException {
    return in.readAllBytes();
  }

  /** The content of a chunked body, and in {@code trailers} the lines behind it. */
  byte[] readChunks(StringBuilder trailers) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int size = Integer.parseInt(readLine(), 16);
    while (size > 0) {
      content.write(readBytes(size));
      readLine();
      size = Integer.parseInt(readLine(), 16);
    }
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      trailers.append(line).append("\r\n");
    }
    return content.toByteArray();
  }

  /** Waits until the other end closes, however it does that; reads on meanwhile. */
  void awaitEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      // that is an end, too
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended within a line: " + line);
      }
      line.append((char) octet);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw new IOException("a line that does not end with CRLF: " + line);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
