package dev.ifmatch.doctor;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which tags a resource has, and what hops on the way make of them. */
final class TagTravel {
  private final Evidence evidence;
  private final List<Finding> findings = new ArrayList<>();

  private TagTravel(Evidence evidence) {
    this.evidence = evidence;
  }

  static List<Finding> of(Evidence evidence) {
    TagTravel travel = new TagTravel(evidence);
    travel.findings.add(evidence.guarded() ? travel.ofIfmatch() : travel.ofBackend());
    evidence.steadyTag().ifPresent(travel::compressedOnRequest);
    if (evidence.sameTag().isPresent()) {
      evidence.conditional().ifPresent(travel::conditional);
    }
    evidence.through().ifPresent(travel::otherWay);
    return travel.findings;
  }

  private void compressedOnRequest(EntityTag tag) {
    evidence
        .gzip()
        .filter(coded -> coded.status() == 200)
        .ifPresent(coded -> compressed(tag, coded, "", evidence.guarded()));
  }

  private Finding ofBackend() {
    String field = evidence.last().field(FieldName.ETAG);
    Optional<EntityTag> tag = evidence.last().tag();
    if (evidence.hasMovingTag()) {
      return Finding.bad(
          "its own strong ETag changes from read to read, and ifmatch keeps strong ones: have the"
              + " backend leave it out, or send it weak");
    }
    if (tag.isEmpty()) {
      return Finding.ok(
          field.isEmpty()
              ? "it has no ETag of its own: ifmatch makes one"
              : "its ETag %s lacks the quotes and is none: ifmatch makes one".formatted(field));
    }
    return Finding.ok(
        tag.get().weak()
            ? "its own ETag is weak, and never matches in If-Match: ifmatch puts a strong one there"
            : "its own strong ETag is kept");
  }

  private Finding ofIfmatch() {
    Optional<EntityTag> tag = evidence.last().tag();
    if (tag.isEmpty()) {
      return Finding.bad(
          "ifmatch answers here, but the ETag is missing: a hop takes it off, or the answer is too"
              + " large or in a coding that ifmatch cannot take off");
    }
    if (evidence.hasMovingTag() && evidence.isSteady()) {
      return Finding.bad(
          "ifmatch answers here, but the ETag changes from read to read while the content does not:"
              + " it is the backend's own, and has to be left out there");
    }
    if (tag.get().weak()) {
      return Finding.bad("ifmatch answers here, but its ETag arrives weak", Remedy.TOLERANT);
    }
    return Finding.ok("ifmatch answers here, and its ETag arrives strong");
  }

  /**
   * What becomes of the tag of an answer that is compressed on request.
   *
   * @param isFinal whether clients get what is seen here
   */
  private void compressed(EntityTag tag, Reading coded, String way, boolean isFinal) {
    String now = coded.field(FieldName.ETAG);
    switch (TagFate.of(Optional.of(tag), coded.tag())) {
      case SAME -> add(Finding.ok(way + unchanged(coded)));
      case SUFFIXED ->
          add(
              Finding.ok(
                  way + "compressed, its ETag is %s: ifmatch knows the suffix".formatted(now)));
      case WEAKENED ->
          add(
              isFinal
                  ? weakened(
                      way
                          + "a hop that compresses makes the ETag weak, and writes with it get 412;"
                          + " switch its compression off")
                  : Finding.note("compressed, its ETag is weak: ifmatch puts a strong one there"));
      case STRIPPED ->
          add(
              isFinal
                  ? Finding.bad(
                      way
                          + "a hop that compresses takes the ETag off, so that clients have none to"
                          + " send back; switch its compression off")
                  : Finding.note("compressed, it has no ETag: ifmatch makes one"));
      default -> add(Finding.note(way + "compressed, it has another ETag, %s".formatted(now)));
    }
  }

  /**
   * A backend's own tag is compared strictly always: nobody knows what its weak form stands for.
   */
  private Finding weakened(String text) {
    boolean ours = evidence.guarded() || evidence.steadyTag().isEmpty();
    return ours
        ? Finding.bad(text + ", or set comparison: tolerant", Remedy.TOLERANT)
        : Finding.bad(text + " (comparison: tolerant is for tags that ifmatch makes)");
  }

  private static String unchanged(Reading coded) {
    String coding = coded.field(FieldName.CONTENT_ENCODING);
    return coding.isEmpty()
        ? "it is not compressed for those who take gzip"
        : "compressed by %s, it has the same ETag".formatted(coding);
  }

  private void conditional(Reading answer) {
    String what = "If-None-Match with its ETag gets %d".formatted(answer.status());
    if (answer.status() == 304) {
      add(Finding.ok(what));
    } else if (evidence.guarded()) {
      add(Finding.note(what + ", not 304: a hop changes the one or the other"));
    } else {
      add(Finding.note(what + ", not 304: behind ifmatch it gets that"));
    }
  }

  private void otherWay(Evidence.OtherWay way) {
    String through = "through %s: ".formatted(way.name());
    Optional<EntityTag> arrived = way.plain().tag();
    if (way.plain().status() != 200) {
      add(Finding.bad(through + "it answers %d".formatted(way.plain().status())));
      return;
    }
    switch (TagFate.of(evidence.steadyTag(), arrived)) {
      case NONE -> add(Finding.note(through + "there is no ETag either"));
      case ADDED -> add(Finding.ok(through + "its ETag is %s".formatted(arrived.orElseThrow())));
      case SAME, SUFFIXED -> add(Finding.ok(through + "the ETag arrives as it is"));
      case WEAKENED ->
          add(
              weakened(
                  through
                      + "the ETag arrives weak, and writes with it get 412; let that hop change"
                      + " nothing"));
      case STRIPPED ->
          add(Finding.bad(through + "the ETag is taken off: clients have none to send back"));
      case REPLACED -> add(Finding.bad(through + "another ETag arrives, " + arrived.orElseThrow()));
    }
    arrived.filter(tag -> !tag.weak()).ifPresent(tag -> compressed(tag, way.gzip(), through, true));
  }

  private void add(Finding finding) {
    findings.add(finding);
  }
}
