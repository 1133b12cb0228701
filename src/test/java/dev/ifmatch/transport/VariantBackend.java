package dev.ifmatch.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backend with one text in several representations: {@code {"en":"text"}} and {@code
 * <en>text</en>}, in the languages that it was given. It takes each of them in a PUT.
 */
final class VariantBackend implements Function<Heard, HostileOrigin.Act> {
  static final String JSON = "application/json";
  static final String XML = "application/xml";
  private static final Pattern TEXT = Pattern.compile("[:>]\"?([^\"<}]*)[\"<]");

  private final List<String> languages;
  private final String moreFields;
  private String text = "first";

  /** A backend that speaks these languages, the first where nobody asks for one that it has. */
  VariantBackend(String... languages) {
    this("", languages);
  }

  private VariantBackend(String moreFields, String[] languages) {
    this.moreFields = moreFields;
    this.languages = List.of(languages);
  }

  /** The same with more on every read, each line after a line end. */
  VariantBackend with(String fields) {
    return new VariantBackend(fields, languages.toArray(String[]::new));
  }

  synchronized String text() {
    return text;
  }

  @Override
  public HostileOrigin.Act apply(Heard request) {
    return this::serve;
  }

  void serve(OriginPeer peer) throws IOException {
    Heard request = peer.readBody();
    if (request.method().equals("GET")) {
      read(peer, request);
    } else {
      write(request);
      peer.answer("200 OK", "stored");
    }
  }

  private synchronized void write(Heard request) {
    Matcher found = TEXT.matcher(request.body());
    text = found.find() ? found.group(1) : request.body();
  }

  private synchronized void read(OriginPeer peer, Heard request) throws IOException {
    Optional<String> type = preferred(request, "Accept", List.of(JSON, XML), JSON);
    if (type.isEmpty()) {
      peer.answer("406 Not Acceptable", "");
      return;
    }
    String head = "200 OK\r\nVary: Accept\r\nContent-Type: " + type.get() + ";charset=utf-8";
    String name = "text";
    if (!languages.isEmpty()) {
      String first = languages.get(0);
      name = preferred(request, "Accept-Language", languages, first).orElse(first);
      head += "\r\nVary: Accept-Language\r\nContent-Language: " + name;
    }
    String shape = type.get().equals(JSON) ? "{\"%s\":\"%s\"}" : "<%1$s>%2$s</%1$s>";
    peer.answer(head + moreFields, shape.formatted(name, text));
  }

  /** The most wanted of what there is; empty where none of it is wanted. */
  private static Optional<String> preferred(
      Heard request, String field, List<String> there, String otherwise) {
    List<String> asked = new ArrayList<>();
    request.fields(field).forEach(line -> asked.addAll(Arrays.asList(line.split(",", -1))));
    if (asked.isEmpty()) {
      return Optional.of(otherwise);
    }
    Optional<String> best = Optional.empty();
    double bestQuality = 0;
    for (String member : asked) {
      String[] parts = member.split(";", 2);
      double quality =
          parts.length > 1 && parts[1].trim().startsWith("q=")
              ? Double.parseDouble(parts[1].trim().substring(2))
              : 1;
      String name = parts[0].trim().toLowerCase(Locale.ROOT);
      Optional<String> match =
          name.startsWith("*")
              ? Optional.of(otherwise)
              : there.stream().filter(name::equalsIgnoreCase).findFirst();
      if (match.isPresent() && quality > bestQuality) {
        best = match;
        bestQuality = quality;
      }
    }
    return best;
  }
}
