package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A read whose answer gets a tag.
 *
 * <p>The origin is always asked for the whole representation: conditions and ranges are evaluated
 * here, against the tag that the client knows. A read that offers an upgrade is tagged as any other
 * where the origin does not take it: an offer that is not taken changes nothing (RFC 9110 §7.8).
 */
final class ReadExchange implements Exchange {

  enum State {
    NEW,
    ASKING,
    /** The body passes by, kept for a GET and dropped for a HEAD. */
    READING,
    OVER
  }

  /**
   * What a 304 leaves out: it describes content that is not sent. The modification date goes too,
   * unless there is no tag to tell states apart by (RFC 9110 §15.4.5).
   */
  static final List<String> CONTENT_FIELDS =
      List.of(
          FieldName.CONTENT_ENCODING,
          FieldName.CONTENT_LANGUAGE,
          FieldName.CONTENT_LENGTH,
          FieldName.CONTENT_RANGE,
          FieldName.CONTENT_TYPE,
          "Content-Digest",
          "Repr-Digest");

  private final Plan.Read plan;
  private final RequestHead request;
  private final ExchangePort port;
  private final ExchangeListener listener;
  private final RecentBodies bases;
  private final boolean headOnly;
  private final boolean takesTrailers;
  private Optional<ResponseHead> answer = Optional.empty();
  private Optional<Fingerprint> fingerprint = Optional.empty();
  private Optional<EntityTag> former = Optional.empty();
  private Optional<Capture> capture = Optional.empty();
  private State state = State.NEW;

  ReadExchange(
      Plan.Read plan,
      RequestHead request,
      ExchangePort port,
      ExchangeListener listener,
      RecentBodies bases) {
    this.plan = plan;
    this.request = request;
    this.port = port;
    this.listener = listener;
    this.bases = bases;
    this.headOnly = request.method().equals(Method.HEAD);
    this.takesTrailers =
        request.fields().has(FieldName.TE)
            && request.fields().members(FieldName.TE).stream()
                .anyMatch("trailers"::equalsIgnoreCase);
  }

  State state() {
    return state;
  }

  @Override
  public void start() {
    expect("start", state == State.NEW);
    state = State.ASKING;
    Preconditions.FIELDS.forEach(request.fields()::remove);
    ContentCoding.restrict(request.fields());
    plan.upgrade().ifPresent(offer -> offer.putInto(request.fields()));
    port.fetch(request.with(Method.GET), Optional.empty());
  }

  @Override
  public void onOriginHead(ResponseHead head) {
    expect("onOriginHead", state == State.ASKING);
    if (head.status() != 200) {
      relayUntouched(head);
      return;
    }
    answer = Optional.of(head);
    Optional<EntityTag> own = head.strongTag();
    if (own.isPresent()) {
      finish(own.get());
      return;
    }
    Optional<ContentCoding> coding = ContentCoding.of(head.fields());
    if (isStream(head) || coding.isEmpty()) {
      finishUntagged(isStream(head) ? Untagged.STREAM : Untagged.CODING);
      return;
    }
    state = State.READING;
    BodyObserver observer = observer(coding.get());
    if (headOnly) {
      port.drain(observer);
    } else {
      port.collect(observer);
    }
  }

  @Override
  public void onSwitched(ResponseHead head) {
    expect("onSwitched", state == State.ASKING && plan.upgrade().isPresent());
    state = State.OVER;
    if (plan.upgrade().orElseThrow().isTakenBy(head)) {
      port.tunnel(head);
    } else {
      port.abort();
      port.reply(OriginFailure.ofSwitch().problemOf(request), List.of());
    }
  }

  /** What sees the body; where changes are to be told later, it also keeps a copy. */
  private BodyObserver observer(ContentCoding coding) {
    TagRecipe recipe = plan.policy().tag();
    boolean named = plan.conditions().ifMatch().isPresent();
    Fingerprint made =
        named ? Fingerprint.withFormer(recipe, coding) : new Fingerprint(recipe, coding);
    BodyObserver observer = new Fingerprinting(made);
    fingerprint = Optional.of(made);
    boolean kept = plan.policy().conflict().changes() && !headOnly;
    if (kept && coding == ContentCoding.IDENTITY) {
      capture = Optional.of(new Capture(observer, recipe.maxJsonBytes()));
      return capture.get();
    }
    return observer;
  }

  @Override
  public void onAnswerEnd() {
    expect("onAnswerEnd", state == State.READING);
    Optional<EntityTag> tag = tagMade();
    if (tag.isPresent()) {
      capture
          .flatMap(Capture::body)
          .ifPresent(body -> bases.keep(ResourceKey.of(request.target()), tag.get(), body));
      finish(tag.get());
    } else {
      finishUntagged(Untagged.CODING);
    }
  }

  private Optional<EntityTag> tagMade() {
    Fingerprint made = fingerprint.orElseThrow();
    Variant variant = Variant.of(answer().fields());
    Optional<EntityTag> tag = made.tag().map(variant::mark);
    former = made.formerTag().map(variant::mark);
    made.fallback().ifPresent(why -> listener.onFallback(request, why));
    fingerprint = Optional.empty(); // a client may take long to read its answer
    return tag;
  }

  @Override
  public void onAnswerOverflow() {
    expect("onAnswerOverflow", state == State.READING && !headOnly);
    if (takesTrailers && outcome(answer().entityTag()) == Preconditions.ReadOutcome.PROCEED) {
      state = State.OVER;
      answer().fields().remove(FieldName.ETAG);
      answer().fields().set(FieldName.TRAILER, FieldName.ETAG);
      port.relayWithTrailers(answer(), this::tagAsTrailer);
    } else {
      finishUntagged(Untagged.TOO_LARGE);
    }
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    expect("onOriginFailed", state == State.ASKING || state == State.READING);
    state = State.OVER;
    port.reply(failure.problemOf(request), List.of());
  }

  @Override
  public void onClientGone() {
    boolean asked = state == State.ASKING || state == State.READING;
    state = State.OVER;
    if (asked) {
      port.abort();
    }
  }

  private ResponseHead answer() {
    return answer.orElseThrow();
  }

  private Preconditions.ReadOutcome outcome(Optional<EntityTag> tag) {
    return plan.conditions().evaluateRead(tag, former, answer().lastModified());
  }

  private void finish(EntityTag tag) {
    answer().fields().set(FieldName.ETAG, tag.toString());
    Cors.exposeTag(answer().fields());
    conclude(Optional.of(tag));
  }

  /** Without a tag of ours, a weak one of the origin's stays: it still serves caches. */
  private void finishUntagged(Untagged why) {
    listener.onUntagged(request, why);
    conclude(answer().entityTag());
  }

  private void conclude(Optional<EntityTag> tag) {
    state = State.OVER;
    switch (outcome(tag)) {
      case NOT_MODIFIED -> {
        CONTENT_FIELDS.forEach(answer().fields()::remove);
        tag.ifPresent(t -> answer().fields().remove(FieldName.LAST_MODIFIED));
        port.relayHead(answer().with(304));
      }
      case FAILED ->
          port.reply(
              Problem.of(Refusal.READ_PRECONDITION, request, "").with(tag),
              Cors.of(answer().fields()));
      case PROCEED -> relayUntouched(answer());
    }
  }

  private void relayUntouched(ResponseHead head) {
    state = State.OVER;
    if (headOnly) {
      port.relayHead(head);
    } else {
      port.relay(head);
    }
  }

  private List<Field> tagAsTrailer() {
    return tagMade()
        .map(tag -> List.of(new Field(FieldName.ETAG, tag.toString())))
        .orElse(List.of());
  }

  private void expect(String event, boolean possible) {
    if (!possible) {
      throw new IllegalStateException(event + " cannot happen in state " + state);
    }
  }

  /** Whether the body never ends, or replaces itself. */
  static boolean isStream(ResponseHead head) {
    String type = head.fields().first(FieldName.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("text/event-stream") || type.startsWith("multipart/x-mixed-replace");
  }
}
