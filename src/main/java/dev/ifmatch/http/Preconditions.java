package dev.ifmatch.http;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The preconditions of one request, evaluated in the order of RFC 9110 §13.2.2.
 *
 * @param ifMatch §13.1.1
 * @param ifNoneMatch §13.1.2
 * @param ifModifiedSince §13.1.3; for reads only
 * @param ifUnmodifiedSince §13.1.4
 */
public record Preconditions(
    Optional<TagCondition> ifMatch,
    Optional<TagCondition> ifNoneMatch,
    Optional<HttpDate> ifModifiedSince,
    Optional<HttpDate> ifUnmodifiedSince) {

  /**
   * The fields that make a request conditional, and those that ask for a part (RFC 9110 §13, §14).
   */
  public static final List<String> FIELDS =
      List.of(
          FieldName.IF_MATCH,
          FieldName.IF_NONE_MATCH,
          FieldName.IF_MODIFIED_SINCE,
          FieldName.IF_UNMODIFIED_SINCE,
          FieldName.IF_RANGE,
          FieldName.RANGE);

  /** No precondition at all. */
  public static final Preconditions NONE =
      new Preconditions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What becomes of a read. */
  public enum ReadOutcome {
    /** Answer with the representation. */
    PROCEED,
    /** 304: the client has it. */
    NOT_MODIFIED,
    /** 412: the client asked for a state that is not the current one. */
    FAILED
  }

  /** What the preconditions of a write say of the current state. */
  public enum WriteOutcome {
    /** They name the current state (or that there is none): the write was made from it. */
    CONFIRMED,
    /** They do not fail, but they do not say which state the write was made from. */
    UNSTATED,
    /** {@code If-Match} names another state than the current one. */
    STALE,
    /** {@code If-Match} holds the current tag, but weak, and weak tags never match there. */
    WEAK,
    /** {@code If-Match} or a date was sent, but there is no current representation. */
    ABSENT,
    /** {@code If-None-Match} asks for another state, or for none, than what is there. */
    EXISTS,
    /** The representation was modified after the date of {@code If-Unmodified-Since}. */
    MODIFIED,
    /** {@code If-Unmodified-Since} was sent, but the representation has no modification date. */
    UNDATED
  }

  /**
   * Reads the preconditions of a write.
   *
   * @throws IllegalArgumentException if one is malformed: on a write none may be passed over. The
   *     message starts with the field's name
   */
  public static Preconditions ofWrite(Fields fields, Comparison comparison) {
    return new Preconditions(
        parse(fields, FieldName.IF_MATCH, lines -> TagCondition.parse(lines, comparison)),
        parse(fields, FieldName.IF_NONE_MATCH, lines -> TagCondition.parse(lines, comparison)),
        Optional.empty(),
        parse(fields, FieldName.IF_UNMODIFIED_SINCE, Preconditions::singleDate));
  }

  /** Reads the preconditions of a read; a malformed one counts as not sent, which loses nothing. */
  public static Preconditions ofRead(Fields fields) {
    return new Preconditions(
        parseIfValid(fields, FieldName.IF_MATCH, TagCondition::parse),
        parseIfValid(fields, FieldName.IF_NONE_MATCH, TagCondition::parse),
        parseIfValid(fields, FieldName.IF_MODIFIED_SINCE, Preconditions::singleDate),
        parseIfValid(fields, FieldName.IF_UNMODIFIED_SINCE, Preconditions::singleDate));
  }

  /** Whether nothing was asked. */
  public boolean isEmpty() {
    return ifMatch.isEmpty()
        && ifNoneMatch.isEmpty()
        && ifModifiedSince.isEmpty()
        && ifUnmodifiedSince.isEmpty();
  }

  /**
   * Evaluates a GET or HEAD whose answer would be 200 (RFC 9110 §13.2.2).
   *
   * <p>The former tag of the same state counts for {@code If-Match} only. A 304 must carry the tag
   * that the 200 would have (§15.4.5), and a cache that holds the content by the former one must
   * not refresh it by an answer with another (RFC 9111 §4.3.4): the whole answer brings it the new
   * tag.
   *
   * @param tag the answer's entity-tag, where it has one
   * @param former a tag that clients may hold in its place, where there is one
   * @param lastModified the answer's modification date, where it has one
   */
  public ReadOutcome evaluateRead(
      Optional<EntityTag> tag, Optional<EntityTag> former, Optional<HttpDate> lastModified) {
    if (ifMatch.isPresent()) {
      if (!listed(ifMatch.get(), tag, EntityTag::matchesStrongly)
          && !listed(ifMatch.get(), former, EntityTag::matchesStrongly)) {
        return ReadOutcome.FAILED;
      }
    } else if (later(lastModified, ifUnmodifiedSince)) {
      return ReadOutcome.FAILED;
    }
    if (ifNoneMatch.isPresent()) {
      return listed(ifNoneMatch.get(), tag, EntityTag::matchesWeakly)
          ? ReadOutcome.NOT_MODIFIED
          : ReadOutcome.PROCEED;
    }
    boolean unchanged =
        ifModifiedSince.isPresent()
            && lastModified.isPresent()
            && !lastModified.get().isAfter(ifModifiedSince.get());
    return unchanged ? ReadOutcome.NOT_MODIFIED : ReadOutcome.PROCEED;
  }

  /** The same, where there is no former tag. */
  public ReadOutcome evaluateRead(Optional<EntityTag> tag, Optional<HttpDate> lastModified) {
    return evaluateRead(tag, Optional.empty(), lastModified);
  }

  /**
   * Evaluates an unsafe request against the current state (RFC 9110 §13.2.2), where it differs
   * stricter: a date is never ignored for want of a modification date to compare it with.
   */
  public WriteOutcome evaluateWrite(ResourceState state, Comparison comparison) {
    return state instanceof ResourceState.Present present
        ? evaluatePresent(present, comparison)
        : evaluateAbsent();
  }

  private WriteOutcome evaluateAbsent() {
    if (ifMatch.isPresent() || ifUnmodifiedSince.isPresent()) {
      return WriteOutcome.ABSENT;
    }
    return ifNoneMatch.isPresent() ? WriteOutcome.CONFIRMED : WriteOutcome.UNSTATED;
  }

  private WriteOutcome evaluatePresent(ResourceState.Present state, Comparison comparison) {
    WriteOutcome outcome = WriteOutcome.UNSTATED;
    if (ifMatch.isPresent()) {
      outcome = evaluateIfMatch(ifMatch.get(), state, comparison);
    } else if (ifUnmodifiedSince.isPresent()) {
      if (state.lastModified().isEmpty()) {
        outcome = WriteOutcome.UNDATED;
      } else if (later(state.lastModified(), ifUnmodifiedSince)) {
        outcome = WriteOutcome.MODIFIED;
      }
    }
    boolean goesOn = outcome == WriteOutcome.CONFIRMED || outcome == WriteOutcome.UNSTATED;
    if (goesOn && ifNoneMatch.isPresent() && excludes(ifNoneMatch.get(), state)) {
      return WriteOutcome.EXISTS;
    }
    return outcome;
  }

  private static WriteOutcome evaluateIfMatch(
      TagCondition condition, ResourceState.Present state, Comparison comparison) {
    if (!(condition instanceof TagCondition.OneOf list)) {
      return WriteOutcome.CONFIRMED;
    }
    WriteOutcome outcome = WriteOutcome.STALE;
    for (EntityTag sent : list.tags()) {
      EntityTag plain = sent.withoutCoding();
      if (state.anyTag(now -> sent.matchesStrongly(now) || plain.matchesStrongly(now))) {
        return WriteOutcome.CONFIRMED;
      }
      if (comparison == Comparison.TOLERANT
          && state.anyOfOurs(ours -> sent.matchesWeakly(ours) || plain.matchesWeakly(ours))) {
        return WriteOutcome.CONFIRMED;
      }
      if (state.anyTag(now -> sent.matchesWeakly(now) || plain.matchesWeakly(now))) {
        outcome = WriteOutcome.WEAK;
      }
    }
    return outcome;
  }

  private static boolean excludes(TagCondition condition, ResourceState.Present state) {
    return !(condition instanceof TagCondition.OneOf list)
        || list.tags().stream().anyMatch(sent -> state.anyTag(sent::matchesWeakly));
  }

  private static boolean listed(
      TagCondition condition,
      Optional<EntityTag> tag,
      BiPredicate<EntityTag, EntityTag> comparison) {
    if (!(condition instanceof TagCondition.OneOf list)) {
      return true; // "*": the answer is 200, so there is a current representation
    }
    return tag.isPresent() && list.tags().stream().anyMatch(t -> comparison.test(t, tag.get()));
  }

  private static boolean later(Optional<HttpDate> modified, Optional<HttpDate> limit) {
    return modified.isPresent() && limit.isPresent() && modified.get().isAfter(limit.get());
  }

  private static HttpDate singleDate(List<String> lines) {
    if (lines.size() != 1) {
      throw new IllegalArgumentException("the field stands more than once");
    }
    return HttpDate.parse(lines.get(0));
  }

  private static <T> Optional<T> parse(
      Fields fields, String name, Function<List<String>, T> parser) {
    List<String> lines = fields.all(name);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(lines));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(name + ": " + malformed.getMessage(), malformed);
    }
  }

  private static <T> Optional<T> parseIfValid(
      Fields fields, String name, Function<List<String>, T> parser) {
    try {
      return parse(fields, name, parser);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
