package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has come of an answer on one stream. */
final class Http2Reply {
  private final List<Reply> interim = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String head = "";
  private String trailers = "";
  private boolean whole;
  private Optional<Http2Error> reset = Optional.empty();

  void onHead(Http2Headers headers, boolean end) {
    StringBuilder lines = new StringBuilder();
    headers.forEach(
        line -> {
          if (!":status".contentEquals(line.getKey())) {
            lines.append(line.getKey()).append(": ").append(line.getValue()).append("\r\n");
          }
        });
    if (headers.status() == null) {
      trailers = lines.toString();
    } else {
      String text = "HTTP/2 " + headers.status() + "\r\n" + lines + "\r\n";
      if (headers.status().charAt(0) == '1') {
        interim.add(new Reply(status(text), text, "", "", List.of()));
      } else {
        head = text;
      }
    }
    whole = end;
  }

  void onData(Http2Frame frame) {
    body.writeBytes(frame.content());
    whole = frame.has(Http2Frame.END_STREAM);
  }

  void onReset(Http2Error error) {
    reset = Optional.of(error);
  }

  boolean isBegun() {
    return !head.isEmpty();
  }

  boolean isWhole() {
    return whole;
  }

  int bodyBytes() {
    return body.size();
  }

  int interimCount() {
    return interim.size();
  }

  Optional<Http2Error> reset() {
    return reset;
  }

  Reply toReply() {
    return new Reply(status(head), head, body.toString(ISO_8859_1), trailers, interim);
  }

  private static int status(String head) {
    return Integer.parseInt(head.substring("HTTP/2 ".length(), head.indexOf('\r')));
  }
}
