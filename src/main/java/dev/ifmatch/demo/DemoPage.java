package dev.ifmatch.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The demo's page and its files, read from the class path once; immutable after construction. */
final class DemoPage {

  private static final List<String> FILES =
      List.of(
          "index.html",
          "favicon.svg",
          "base.css",
          "demo.css",
          "guide.css",
          "editor.css",
          "outcome.css",
          "wire.css",
          "curl.js",
          "demo.js",
          "diff.js",
          "dom.js",
          "editor.js",
          "guide.js",
          "outcome.js",
          "session.js",
          "story.js",
          "wire.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, String> contents = new HashMap<>();

  DemoPage() {
    FILES.forEach(name -> contents.put(name, read(name)));
  }

  /** The file that the path names, or nothing; its scripts may call these ports and no others. */
  Optional<Answer> file(String path, int... callablePorts) {
    String name = path.equals("/") ? "index.html" : path.replaceFirst("^/demo/", "");
    String content = contents.get(name);
    if (content == null) {
      return Optional.empty();
    }
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return Optional.of(
        Answer.of(200, type, content)
            .with("Cache-Control", "no-cache")
            .with("X-Content-Type-Options", "nosniff")
            .with("Content-Security-Policy", securityPolicy(callablePorts)));
  }

  private static String securityPolicy(int... callablePorts) {
    String callable =
        Arrays.stream(callablePorts)
            .mapToObj("http://*:%d"::formatted)
            .collect(Collectors.joining(" "));
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self' "
        + callable;
  }

  private static String read(String name) {
    try (InputStream in = DemoPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its demo file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
