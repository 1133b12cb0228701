package dev.ifmatch.transport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP/2 client in the clear that sends exactly the frames that it is told, one after the other,
 * and reads when it is told. It says by itself that it has settings and pings, and makes room for
 * more content as it reads some.
 */
final class Http2Client implements Closeable {
  static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int INITIAL_WINDOW = 65_535;
  private static final int SETTINGS_INITIAL_WINDOW = 4;
  private static final int MAX_FRAME = 16_384;

  private final Wire wire;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);
  private final Map<Integer, Http2Reply> replies = new HashMap<>();
  private final Map<Integer, Integer> windows = new HashMap<>();
  private int streamWindow = INITIAL_WINDOW;
  private int nextStream = 1;
  private boolean holdsBack;
  private Optional<Http2Error> goAway = Optional.empty();
  private int lastTaken = Integer.MAX_VALUE;

  Http2Client(InetSocketAddress proxy) throws IOException {
    this(proxy, new Socket());
  }

  Http2Client(InetSocketAddress proxy, Socket socket) throws IOException {
    socket.connect(proxy);
    wire = new Wire(socket);
    wire.send(PREFACE);
    send(Http2Frame.of(Http2Frame.SETTINGS, 0, 0));
    while (receive().type() != Http2Frame.SETTINGS) {
      // the first that it says
    }
  }

  Wire wire() {
    return wire;
  }

  /** Makes no more room for content: what is not read yet stays with the other side. */
  Http2Client holdBack() {
    holdsBack = true;
    return this;
  }

  // ---- what is sent

  Http2Client send(Http2Frame frame) throws IOException {
    wire.send(frame.octets());
    return this;
  }

  /** A request without a body; its fields are names and values in turn. */
  int get(String path, String... fields) throws IOException {
    return open("GET", path, true, fields);
  }

  /** A request with a body of a known length. */
  int ask(String method, String path, String body, String... fields) throws IOException {
    String[] more = Arrays.copyOf(fields, fields.length + 2);
    more[fields.length] = "content-length";
    more[fields.length + 1] = String.valueOf(body.length());
    int stream = open(method, path, false, more);
    data(stream, body, true);
    return stream;
  }

  /** The head of a request, with the pseudo-fields that it needs. */
  int open(String method, String path, boolean end, String... fields) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(":method", method, ":scheme", "http", ":authority", "h", ":path", path));
    all.addAll(List.of(fields));
    return head(end, all.toArray(String[]::new));
  }

  /** A head of just these fields. */
  int head(boolean end, String... fields) throws IOException {
    int stream = newStream();
    headers(stream, end, fields);
    return stream;
  }

  int newStream() {
    int stream = nextStream;
    nextStream += 2;
    return stream;
  }

  void headers(int stream, boolean end, String... fields) throws IOException {
    int flags = Http2Frame.END_HEADERS | (end ? Http2Frame.END_STREAM : 0);
    send(new Http2Frame(Http2Frame.HEADERS, flags, stream, Http2Frame.block(fields)));
  }

  /** A piece of a body, whether there is room for it or not. */
  void data(int stream, String text, boolean end) throws IOException {
    int flags = end ? Http2Frame.END_STREAM : 0;
    send(new Http2Frame(Http2Frame.DATA, flags, stream, text));
    windows.merge(0, -text.length(), Integer::sum);
    windows.merge(stream, -text.length(), Integer::sum);
  }

  /** A large body, which waits for room as often as it has to. */
  void upload(int stream, String body) throws IOException {
    int sent = 0;
    while (sent < body.length()) {
      int size = Math.min(Math.min(room(stream), MAX_FRAME), body.length() - sent);
      if (size > 0) {
        data(stream, body.substring(sent, sent + size), false);
        sent += size;
      } else {
        receive();
      }
    }
    data(stream, "", true);
  }

  /** How much content may be sent now. */
  int room(int stream) {
    return Math.min(
        INITIAL_WINDOW + windows.getOrDefault(0, 0),
        streamWindow + windows.getOrDefault(stream, 0));
  }

  void reset(int stream, Http2Error error) throws IOException {
    send(Http2Frame.carrying(Http2Frame.RST_STREAM, stream, (int) error.code()));
  }

  // ---- what comes

  /** Sends a request without a body, and reads its answer. */
  Reply exchange(String path, String... fields) throws IOException {
    return read(get(path, fields));
  }

  /** The answer on a stream; it must not be reset before its end. */
  Reply read(int stream) throws IOException {
    Http2Reply reply = reply(stream);
    while (!reply.isWhole()) {
      if (reply.reset().isPresent()) {
        throw new IOException("stream %d was reset: %s".formatted(stream, reply.reset().get()));
      }
      receive();
    }
    return reply.toReply();
  }

  /** Waits until the stream is reset. */
  Http2Error awaitReset(int stream) throws IOException {
    while (reply(stream).reset().isEmpty()) {
      receive();
    }
    return reply(stream).reset().get();
  }

  /** Waits until the head of the answer is here. */
  void awaitHead(int stream) throws IOException {
    while (!reply(stream).isBegun()) {
      receive();
    }
  }

  /** Waits until it is said why the connection ends, and with which request if it ends well. */
  Http2Error awaitGoAway() throws IOException {
    while (goAway.isEmpty() || isAnnounced()) {
      receive();
    }
    return goAway.get();
  }

  /** Whether it is only said that the connection is about to end. */
  boolean isAnnounced() {
    return lastTaken == Integer.MAX_VALUE && goAway.filter(Http2Error.NO_ERROR::equals).isPresent();
  }

  /** The last stream that is served, when the connection is said to end. */
  int lastTaken() {
    return lastTaken;
  }

  Http2Reply reply(int stream) {
    return replies.computeIfAbsent(stream, s -> new Http2Reply());
  }

  /** Returns once everything that was sent before was seen: a PING goes round. */
  void fence() throws IOException {
    send(new Http2Frame(Http2Frame.PING, 0, 0, "8 octets"));
    for (Http2Frame frame = receive(); !isAckOfPing(frame); frame = receive()) {
      // what was under way
    }
  }

  private static boolean isAckOfPing(Http2Frame frame) {
    return frame.type() == Http2Frame.PING && frame.has(Http2Frame.ACK);
  }

  /** Reads one frame, and does what it asks for. */
  Http2Frame receive() throws IOException {
    Http2Frame frame = Http2Frame.read(wire);
    Http2Reply reply = reply(frame.stream());
    switch (frame.type()) {
      case Http2Frame.DATA -> {
        reply.onData(frame);
        if (!holdsBack && !frame.payload().isEmpty()) {
          makeRoom(frame);
        }
      }
      case Http2Frame.HEADERS -> reply.onHead(decode(frame), frame.has(Http2Frame.END_STREAM));
      case Http2Frame.RST_STREAM -> reply.onReset(Http2Error.valueOf(frame.number(0)));
      case Http2Frame.SETTINGS -> onSettings(frame);
      case Http2Frame.WINDOW_UPDATE -> windows.merge(frame.stream(), frame.number(0), Integer::sum);
      case Http2Frame.PING -> {
        if (!frame.has(Http2Frame.ACK)) {
          send(new Http2Frame(Http2Frame.PING, Http2Frame.ACK, 0, frame.payload()));
        }
      }
      case Http2Frame.GOAWAY -> {
        lastTaken = frame.number(0);
        goAway = Optional.of(Http2Error.valueOf(frame.number(4)));
      }
      default -> {}
    }
    return frame;
  }

  private void makeRoom(Http2Frame frame) throws IOException {
    int size = frame.payload().length();
    send(Http2Frame.carrying(Http2Frame.WINDOW_UPDATE, 0, size));
    if (!frame.has(Http2Frame.END_STREAM)) {
      send(Http2Frame.carrying(Http2Frame.WINDOW_UPDATE, frame.stream(), size));
    }
  }

  private void onSettings(Http2Frame frame) throws IOException {
    for (int at = 0; at < frame.payload().length(); at += 6) {
      int name = frame.number(at) >>> 16;
      if (name == SETTINGS_INITIAL_WINDOW) {
        streamWindow = frame.number(at + 2);
      }
    }
    if (!frame.has(Http2Frame.ACK)) {
      send(Http2Frame.of(Http2Frame.SETTINGS, Http2Frame.ACK, 0));
    }
  }

  private Http2Headers decode(Http2Frame frame) throws IOException {
    try {
      return decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.content()));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
