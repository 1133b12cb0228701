package dev.ifmatch.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.representation.FormFallback;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.PointerPattern;
import dev.ifmatch.representation.TagForm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a resource that nobody writes to reads the same again, and what to leave out if not. */
final class Steadiness {
  /** Whoever leaves out more than this does not know any more what is left. */
  private static final int MAX_POINTERS = 10;

  private static final int MAX_EXCERPT = 60;

  private final Evidence evidence;

  private Steadiness(Evidence evidence) {
    this.evidence = evidence;
  }

  static List<Finding> of(Evidence evidence) {
    return new Steadiness(evidence).findings();
  }

  private List<Finding> findings() {
    String times = "in all %d reads".formatted(evidence.reads().size());
    if (evidence.isSteady()) {
      return List.of(Finding.ok("its content is the same " + times));
    }
    if (evidence.steadyTag().isPresent()) {
      return List.of(
          Finding.ok("its content changes, but its strong ETag does not, and that is what counts"));
    }
    if (tags(List.of()).size() == 1) {
      return List.of(
          Finding.bad(
              "its bytes change from read to read, but not what they say as JSON: the order of"
                  + " members or white space",
              Remedy.ignoring(List.of())),
          Finding.ok("with form: json its tag is the same " + times));
    }
    List<JsonValue> documents =
        evidence.reads().stream().flatMap(r -> JsonValue.parse(r.content()).stream()).toList();
    return documents.size() == evidence.reads().size()
        ? moving(documents, times)
        : List.of(
            Finding.bad(
                    "its content changes from read to read, and is no JSON, of which a part could be"
                        + " left out; have the backend answer the same, or set mode: off")
                .with(firstDifference()));
  }

  private static TagRecipe json(List<PointerPattern> ignore) {
    return new TagRecipe(
        TagForm.JSON,
        HashAlgorithm.SHA_256,
        Optional.empty(),
        List.of(),
        ignore,
        TagStrength.STRONG,
        Reading.MAX_BYTES);
  }

  private Set<Optional<EntityTag>> tags(List<PointerPattern> ignore) {
    Set<Optional<EntityTag>> different = new HashSet<>();
    evidence.reads().forEach(read -> different.add(read.tagBy(json(ignore))));
    return different;
  }

  private List<Finding> moving(List<JsonValue> documents, String times) {
    List<Movement> movements = Movement.between(documents);
    List<Movement> values = movements.stream().filter(movement -> !movement.order()).toList();
    List<Finding> findings = new ArrayList<>();
    movements.stream()
        .filter(Movement::order)
        .forEach(
            place ->
                findings.add(
                    Finding.bad(
                        "the elements of %s come in another order every time, which no setting"
                                .formatted(name(place))
                            + " leaves out; have the backend sort them")));
    if (isTooMuch(values, documents.get(0))) {
      findings.add(
          Finding.bad(
                  "so much of it changes from read to read that what is left would say too little;"
                      + " have the backend answer the same, or set mode: off")
              .with(lines(values)));
    } else if (findings.isEmpty()) {
      findings.addAll(without(values, times));
    } else if (!values.isEmpty()) {
      findings.add(Finding.note("these values change as well:").with(lines(values)));
    }
    return findings;
  }

  /** Leaving values out is only a remedy if the tag holds still without them. */
  private List<Finding> without(List<Movement> values, String times) {
    List<PointerPattern> pointers = values.stream().map(Movement::pointer).toList();
    boolean still = tags(pointers).size() == 1;
    String fact = "these values change from read to read:";
    Finding moving = still ? Finding.bad(fact, Remedy.ignoring(pointers)) : Finding.bad(fact);
    Finding rest =
        still
            ? Finding.ok("without them its tag is the same " + times)
            : evidence
                .last()
                .fallback(json(pointers))
                .map(Steadiness::noForm)
                .orElse(Finding.bad("even without them its tag changes from read to read"));
    return values.isEmpty() ? List.of(rest) : List.of(moving.with(lines(values)), rest);
  }

  private static Finding noForm(FormFallback why) {
    return Finding.bad(
        switch (why) {
          case DUPLICATE_NAME ->
              "an object in it has two members of one name, so that only its bytes can be tagged,"
                  + " and these change; repair the backend";
          case TOO_DEEP -> "it is nested too deeply to be tagged as JSON, and its bytes change";
          case TOO_LARGE -> "it is too large to be tagged as JSON, and its bytes change";
          case NOT_JSON ->
              "it is not valid JSON in UTF-8, so that only its bytes can be tagged, and these"
                  + " change";
          case NOTHING_INCLUDED -> "nothing of it is left to make a tag of";
        });
  }

  private static boolean isTooMuch(List<Movement> values, JsonValue document) {
    int moving = values.stream().mapToInt(movement -> movement.sizeIn(document)).sum();
    boolean everything = values.stream().anyMatch(movement -> movement.tokens().isEmpty());
    return everything
        || values.size() > MAX_POINTERS
        || (!values.isEmpty() && (document.size() - moving) * 4 < document.size());
  }

  private static List<String> lines(List<Movement> movements) {
    int width = movements.stream().mapToInt(m -> name(m).length()).max().orElse(0);
    return movements.stream()
        .limit(MAX_POINTERS)
        .map(m -> ("%-" + Math.max(width, 1) + "s   %s").formatted(name(m), values(m)))
        .toList();
  }

  private static String values(Movement movement) {
    return movement.values().stream().distinct().limit(2).collect(Collectors.joining(", then "));
  }

  private static String name(Movement movement) {
    return movement.tokens().isEmpty() ? "the document" : movement.pointer().toString();
  }

  /** What stands where two reads of a text part. */
  private List<String> firstDifference() {
    boolean text =
        evidence.last().type().startsWith("text/") || evidence.last().type().contains("xml");
    List<String> different =
        evidence.reads().stream()
            .map(read -> new String(read.content(), UTF_8))
            .distinct()
            .toList();
    return text && different.size() > 1
        ? List.of(
            excerpt(different.get(0), different.get(1)),
            excerpt(different.get(1), different.get(0)))
        : List.of();
  }

  private static String excerpt(String text, String other) {
    int at = CharBuffer.wrap(text).mismatch(CharBuffer.wrap(other));
    int start = Math.max(0, at - MAX_EXCERPT / 2);
    int end = Math.min(text.length(), at + MAX_EXCERPT / 2);
    return "…%s…".formatted(text.substring(start, end).replaceAll("\\p{Cntrl}", " "));
  }
}
