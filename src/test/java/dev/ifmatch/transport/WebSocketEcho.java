package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A WebSocket endpoint that sends every frame back as it came, and answers pings (RFC 6455). */
final class WebSocketEcho implements HostileOrigin.Act {
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  @Override
  public void on(OriginPeer peer) throws IOException {
    String key = peer.readBody().field("Sec-WebSocket-Key").orElseThrow();
    peer.wire().send(answer(key));
    while (echo(peer.wire())) {
      // one frame each
    }
    peer.wire().close();
  }

  /** What takes the connection for a WebSocket. */
  static String answer(String key) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(proof(key));
  }

  private static String proof(String key) {
    try {
      byte[] asked = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(asked));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers a frame; answers whether another may follow. */
  private static boolean echo(Wire wire) throws IOException {
    byte[] start = wire.readBytes(2);
    int length = start[1] & 0x7f;
    byte[] extended = wire.readBytes(length == 127 ? 8 : length == 126 ? 2 : 0);
    byte[] mask = wire.readBytes(4);
    byte[] payload =
        wire.readBytes(extended.length == 0 ? length : new BigInteger(1, extended).intValueExact());
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    int code = start[0] & 0x0f;
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(code == PING ? (start[0] & 0xf0) | PONG : start[0]);
    frame.write(length);
    frame.writeBytes(extended);
    frame.writeBytes(payload);
    wire.send(frame.toByteArray());
    return code != CLOSE;
  }
}
