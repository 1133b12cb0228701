package dev.ifmatch.doctor;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What else of a request the answer depends on. */
final class Variations {
  private final Evidence evidence;
  private final List<Finding> findings = new ArrayList<>();

  private Variations(Evidence evidence) {
    this.evidence = evidence;
  }

  static List<Finding> of(Evidence evidence) {
    Variations variations = new Variations(evidence);
    variations.head();
    evidence.varying().forEach(variations::varyBy);
    variations.accept("application/xml", evidence.xml());
    variations.accept("*/*", evidence.anything());
    variations.gzip();
    return variations.findings;
  }

  /** Whether what takes gzip gets something else, not only otherwise coded. */
  private void gzip() {
    boolean other =
        evidence
            .gzip()
            .filter(coded -> coded.status() == 200 && evidence.isSteady())
            .filter(coded -> !Arrays.equals(coded.content(), evidence.last().content()))
            .isPresent();
    if (other) {
      findings.add(
          Finding.note(
              "for those who take gzip it has another content; a write is compared with the one for"
                  + " those who do not"));
    }
  }

  private void head() {
    if (evidence.head().isEmpty()) {
      findings.add(Finding.note("HEAD has no answer; behind ifmatch it is made of a GET"));
      return;
    }
    List<String> differences = differences(evidence.head().get(), evidence.last());
    findings.add(
        differences.isEmpty()
            ? Finding.ok("HEAD agrees with GET")
            : Finding.note(
                "HEAD differs from GET (%s); behind ifmatch it is made of a GET"
                    .formatted(String.join(", ", differences))));
  }

  private List<String> differences(Reading head, Reading get) {
    if (head.status() != get.status()) {
      return List.of("status %d".formatted(head.status()));
    }
    List<String> names = new ArrayList<>(List.of(FieldName.CONTENT_TYPE));
    if (evidence.sameTag().isPresent()) {
      names.add(FieldName.ETAG);
    }
    boolean lengths =
        List.of(head, get).stream().noneMatch(r -> r.field(FieldName.CONTENT_LENGTH).isEmpty());
    if (evidence.isSteady() && lengths) {
      names.add(FieldName.CONTENT_LENGTH);
    }
    return names.stream()
        .filter(name -> !head.field(name).equals(get.field(name)))
        .map(name -> head.field(name).isEmpty() ? "no " + name : name + " " + head.field(name))
        .toList();
  }

  private void varyBy(String name) {
    String text =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "accept-encoding", "origin" -> "";
          case "accept" ->
              "its media type depends on Accept: the tag names it, and a write is compared with"
                  + " just that one; do not set probe accept";
          case "accept-language" ->
              "it depends on Accept-Language: the tag names the language, and a write is compared"
                  + " with just that one";
          case "cookie", "authorization" ->
              "it depends on %s: a write is compared with what its own sender may read"
                  .formatted(name);
          case "*" ->
              "Vary: * says that it depends on more than the request: where that differs between a"
                  + " read and a write, the write gets 412";
          default ->
              "it depends on %s: clients must send the same with a write as with the read before"
                  .formatted(name);
        };
    if (!text.isEmpty()) {
      findings.add(Finding.note(text));
    }
  }

  /** An answer in another media type, of which {@code Vary} does not tell. */
  private void accept(String range, Optional<Reading> answer) {
    boolean told = evidence.varying().stream().anyMatch(n -> n.equalsIgnoreCase(FieldName.ACCEPT));
    boolean other =
        answer
            .filter(read -> read.status() == 200 && !read.type().equals(evidence.last().type()))
            .isPresent();
    if (other && !told) {
      findings.add(
          Finding.note(
              "%s with Accept: %s is %s, but Vary does not tell of it: clients must send the same"
                      .formatted(Method.GET, range, answer.get().type())
                  + " Accept with a write as with the read before"));
    }
  }
}
