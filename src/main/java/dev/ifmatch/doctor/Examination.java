package dev.ifmatch.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.doctor.Evidence.OtherWay;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a resource in all the ways that tell something; never writes. */
final class Examination {
  private static final String NO_TAG_EVER = "\"ifmatch-doctor\"";

  private final Source source;
  private final Optional<NamedSource> through;
  private final Fields fields;
  private final int reads;
  private final Runnable pause;

  /** A source, and what it is called. */
  record NamedSource(String name, Source source) {}

  /**
   * An examination.
   *
   * @param source where the resource is
   * @param through another way to it
   * @param fields sent with every request
   * @param reads how often the same is asked
   * @param pause between two reads, so that a clock in the answers moves on
   */
  Examination(
      Source source, Optional<NamedSource> through, Fields fields, int reads, Runnable pause) {
    this.source = source;
    this.through = through;
    this.fields = fields;
    this.reads = reads;
    this.pause = pause;
  }

  /**
   * Looks at a resource.
   *
   * @throws Unanswered if it cannot be read at all
   */
  Evidence of(String target) throws Unanswered {
    List<Reading> same = new ArrayList<>();
    for (int i = 0; i < reads; i++) {
      if (i > 0) {
        pause.run();
      }
      same.add(source.read(get(target)));
    }
    Evidence readsOnly = Evidence.of(target, same);
    if (!readsOnly.isReadable()) {
      return readsOnly;
    }
    Optional<EntityTag> tag = readsOnly.last().tag();
    return new Evidence(
        target,
        same,
        ifAnswered(get(target).with(Method.HEAD)),
        ifAnswered(get(target, FieldName.ACCEPT_ENCODING, "gzip")),
        ifAnswered(get(target, FieldName.ACCEPT, "application/xml")),
        ifAnswered(get(target, FieldName.ACCEPT, "*/*")),
        tag.flatMap(t -> ifAnswered(get(target, FieldName.IF_NONE_MATCH, t.toString()))),
        isGuarded(readsOnly.last(), target),
        through.isPresent() ? Optional.of(otherWay(through.get(), target)) : Optional.empty());
  }

  private OtherWay otherWay(NamedSource way, String target) throws Unanswered {
    return new OtherWay(
        way.name(),
        way.source().read(get(target)),
        way.source().read(get(target, FieldName.ACCEPT_ENCODING, "gzip")));
  }

  /** ifmatch names itself in {@code Via}, or in the refusal of a read that cannot succeed. */
  private boolean isGuarded(Reading read, String target) {
    boolean named =
        read.head().fields().members("Via").stream().anyMatch(hop -> hop.endsWith(" ifmatch"));
    return named
        || ifAnswered(get(target, FieldName.IF_MATCH, NO_TAG_EVER))
            .filter(refusal -> refusal.status() >= 400)
            .filter(refusal -> new String(refusal.content(), UTF_8).contains("urn:ifmatch:problem"))
            .isPresent();
  }

  private Optional<Reading> ifAnswered(RequestHead request) {
    try {
      return Optional.of(source.read(request));
    } catch (Unanswered unanswered) {
      return Optional.empty(); // the reads were answered: the rest only adds to what they tell
    }
  }

  /** A read as a probe sends it: uncoded, and not from a cache. */
  private RequestHead get(String target) {
    Fields own = fields.copy();
    own.set(FieldName.CACHE_CONTROL, "no-cache");
    own.set(FieldName.ACCEPT_ENCODING, "identity");
    return new RequestHead(Method.GET, target, own);
  }

  private RequestHead get(String target, String name, String value) {
    RequestHead request = get(target);
    request.fields().set(name, value);
    return request;
  }
}
