package dev.ifmatch.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether there is a representation that can be tagged. */
final class Legibility {
  /** The largest answer that gets a tag in its head where nothing else is set. */
  static final int TAG_BUFFER = 1 << 20;

  private Legibility() {}

  static Finding of(Evidence evidence) {
    List<Integer> statuses = evidence.reads().stream().map(Reading::status).distinct().toList();
    if (statuses.size() > 1) {
      String all =
          evidence.reads().stream()
              .map(read -> Integer.toString(read.status()))
              .collect(Collectors.joining(", "));
      return Finding.bad("its status changes from read to read: " + all);
    }
    Reading read = evidence.last();
    if (read.status() != 200) {
      return Finding.bad("%d: %s".formatted(read.status(), unreadable(read)));
    }
    if (Reading.isEndless(read.type())) {
      return Finding.bad(
          "200, %s: a stream without end gets no tag; set mode: off".formatted(read.type()));
    }
    if (!read.isWhole()) {
      return Finding.bad(
          "200, %s, more than %s: too large to be compared here"
              .formatted(type(read), size(Reading.MAX_BYTES)));
    }
    String facts =
        "200, %s, %s, read %d times"
            .formatted(type(read), size(read.content().length), evidence.reads().size());
    boolean large = read.content().length > TAG_BUFFER && evidence.steadyTag().isEmpty();
    return large
        ? Finding.bad(
            facts + ": too large to get a tag by default", Remedy.buffering(read.content().length))
        : Finding.ok(facts);
  }

  private static String type(Reading read) {
    return read.type().isEmpty() ? "no Content-Type" : read.type();
  }

  private static String unreadable(Reading read) {
    return switch (read.status()) {
      case 401 -> "it wants to know who you are: -H 'Authorization: Bearer …' or -H 'Cookie: …'";
      case 403 -> "these credentials may not read it; pass others with -H";
      case 404, 410 -> "there is nothing; name a resource that exists";
      case 405, 501 ->
          "it cannot be read, so there is no state that a write could be compared with; guard its"
              + " writes by a resource that can, or set unverifiable: allow";
      case 406 -> "it has nothing for this Accept; pass one that clients send, with -H 'Accept: …'";
      case 429 -> "too many requests; try again later";
      case 204 -> "it has no content to make a tag of";
      case 301, 302, 303, 307, 308 ->
          "it leads to %s; name that path, or pass credentials with -H"
              .formatted(read.field("Location"));
      default ->
          read.status() >= 500
              ? "the backend fails; writes would get 502"
              : "only a resource that answers 200 has a tag";
    };
  }

  private static String size(int bytes) {
    if (bytes < 1 << 10) {
      return bytes + " bytes";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
