package dev.ifmatch.soak;

import java.util.Locale;
import java.util.Random;

/** What a counter's representation is like; the first segment of its path. */
enum Kind {
  PLAIN(10),
  /** Says something else at each read, in another order, that does not count. */
  JSON(10),
  /** Does not fit into memory while it waits. */
  LARGE(48 << 10),
  /** Has tags of its own, which the backend does not check. */
  TAGGED(10);

  /** How much longer than needed its documents are. */
  final int padding;

  Kind(int padding) {
    this.padding = padding;
  }

  static Kind of(String path) {
    return valueOf(path.split("/", 3)[1].toUpperCase(Locale.ROOT));
  }

  String path(int number) {
    return "/" + name().toLowerCase(Locale.ROOT) + "/" + number;
  }

  /** The answer to a read. */
  String answer(State state, Random random) {
    String body = state.document(padding);
    if (this == JSON) {
      String seen = "\"seen\":" + random.nextInt(1 << 20);
      body = random.nextBoolean() ? "{%s,%s}" : "{ %2$s , %1$s }";
      body = body.formatted(state.members(), seen);
    }
    String tag = this == TAGGED ? "ETag: \"%s\"\r\n".formatted(state.write()) : "";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(tag, body.length(), body);
  }
}
