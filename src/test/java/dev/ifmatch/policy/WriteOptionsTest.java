package dev.ifmatch.policy;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.Star;
import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import dev.ifmatch.policy.WriteDecision.Forward;
import dev.ifmatch.policy.WriteDecision.ProbeAnswer;
import dev.ifmatch.policy.WriteDecision.Refuse;
import dev.ifmatch.policy.WriteDecision.RelayProbe;
import dev.ifmatch.policy.WriteDecision.Satisfied;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the options of a route change about the decision on a write. */
class WriteOptionsTest {
  private static final EntityTag NOW = EntityTag.strong("now");
  private static final EntityTag XML = EntityTag.strong("text/xml~now");
  private static final ResourceState ABSENT = new ResourceState.Absent();
  private static final ResourceState PRESENT = present(NOW);
  private static final Optional<EntityTag> SAME = Optional.of(NOW);
  private static final Optional<EntityTag> OTHER = Optional.of(EntityTag.strong("other"));

  private static ResourceState present(EntityTag tag) {
    return new ResourceState.Present(Optional.empty(), Optional.of(tag), Optional.empty());
  }

  @Test
  void aStarThatIsDeniedSaysNothing() {
    PolicyBuilder denying = policy().star(Star.DENY);

    assertThat(decide(denying, "PUT", PRESENT, SAME, "If-Match", "*"))
        .isEqualTo(new Refuse(Refusal.MISSING, "\"now\"", SAME));
    assertThat(decide(denying, "PUT", ABSENT, SAME, "If-Match", "*"))
        .isEqualTo(new Refuse(Refusal.ABSENT, "", Optional.empty()));
    assertThat(decide(denying, "PUT", PRESENT, SAME, "If-Match", "\"now\"")).isEqualTo(freely());
    assertThat(decide(denying.mode(Mode.OPTIONAL), "PUT", PRESENT, SAME, "If-Match", "*"))
        .isEqualTo(freely());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          # If-Match,      strictly,  tolerantly
          "now",           forward,   forward
          W/"now",         WEAK_TAG,  forward
          now,             malformed, forward
          W/now,           malformed, forward
          'old, "now"',    malformed, forward
          old,             malformed, STALE
          W/"now-gzip",    WEAK_TAG,  forward
          W/"own",         WEAK_TAG,  WEAK_TAG
          """)
  void aTolerantRouteTakesOurTagsInOtherSpellings(String ifMatch, String strict, String tolerant) {
    ResourceState both =
        new ResourceState.Present(
            Optional.of(EntityTag.strong("own")), Optional.of(NOW), Optional.empty());

    assertThat(word(policy(), both, ifMatch)).isEqualTo(strict);
    assertThat(word(policy().comparison(Comparison.TOLERANT), both, ifMatch)).isEqualTo(tolerant);
  }

  private static String word(PolicyBuilder policy, ResourceState state, String ifMatch) {
    RequestHead request = new RequestHead(Method.PUT, "/a", FieldList.of("If-Match", ifMatch));
    if (!(Plan.of(request, policy.everywhere()) instanceof Plan.Write write)) {
      return "malformed";
    }
    WriteDecision decision = WriteDecision.of(write, state, Optional.empty());
    return decision instanceof Refuse refuse ? refuse.refusal().name() : "forward";
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,   \"now\", true,  204",
    "PUT,   *,       true,  204",
    "PUT,   \"now\", false, forward",
    "PATCH, \"now\", true,  forward",
    "PUT,   \"old\", true,  ALREADY_APPLIED",
  })
  void aPutOfWhatIsThereIsAnsweredInTheOriginsPlace(
      String method, String ifMatch, boolean same, String expected) {
    WriteDecision decision =
        decide(
            policy().noOp(NoOp.UNCHANGED),
            method,
            PRESENT,
            same ? SAME : OTHER,
            "If-Match",
            ifMatch);

    assertThat(name(decision)).isEqualTo(expected);
  }

  @Test
  void whatIsThereIsComparedInTheVariantThatIsThere() {
    assertThat(decide(policy().noOp(NoOp.UNCHANGED), "PUT", present(XML), SAME, "If-Match", "*"))
        .isEqualTo(new Satisfied(204, XML));
    assertThat(
            decide(
                policy().noOp(NoOp.UNCHANGED).status(StatusCodes.CONFLICT),
                "PUT",
                PRESENT,
                SAME,
                "If-Match",
                "*"))
        .isEqualTo(new Satisfied(304, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,    REFUSE, true,  ALREADY_APPLIED",
    "PUT,    ACCEPT, true,  204",
    "PUT,    ACCEPT, false, STALE",
    "PATCH,  ACCEPT, true,  STALE",
    "DELETE, ACCEPT, true,  STALE",
    "POST,   ACCEPT, true,  STALE",
  })
  void aStalePutOfWhatIsThereWasAppliedAlready(
      String method, AlreadyApplied option, boolean same, String expected) {
    WriteDecision decision =
        decide(
            policy().alreadyApplied(option).status(new StatusCodes(409, 400, 304)),
            method,
            PRESENT,
            same ? SAME : OTHER,
            "If-Match",
            "\"old\"");

    assertThat(name(decision)).isEqualTo(expected);
  }

  @Test
  void theStateOfAnotherResourceIsNeverWhatWasSent() {
    RouteTable table =
        new RouteTable(
            List.of(
                policy()
                    .noOp(NoOp.UNCHANGED)
                    .alreadyApplied(AlreadyApplied.ACCEPT)
                    .guarded("/a/{x}", "/a")),
            RoutePolicy.DEFAULT);

    assertThat(decide(table, "PUT", "/a/1", PRESENT, SAME, "If-Match", "\"now\""))
        .isEqualTo(freely());
    assertThat(name(decide(table, "PUT", "/a/1", PRESENT, SAME, "If-Match", "\"old\"")))
        .isEqualTo("STALE");
    assertThat(name(decide(table, "DELETE", "/a/1", ABSENT, SAME, "If-Match", "\"old\"")))
        .as("the 404 is that of the guard, not of the target")
        .isEqualTo("ABSENT");
  }

  @ParameterizedTest
  @CsvSource({
    "\"old\", present, STALE",
    "\"old\", absent,  ABSENT",
    ",        present, MISSING",
    "\"now\", present, ",
    ",        absent,  ",
  })
  void whatIsObservedGoesOnWithWhatItWouldMeet(String ifMatch, String state, Refusal observed) {
    String[] fields = ifMatch == null ? new String[0] : new String[] {"If-Match", ifMatch};
    WriteDecision decision =
        decide(
            policy().mode(Mode.OBSERVE).noOp(NoOp.UNCHANGED),
            "PUT",
            state.equals("present") ? PRESENT : ABSENT,
            OTHER,
            fields);

    assertThat(((Forward) decision).observed().map(Refuse::refusal))
        .isEqualTo(Optional.ofNullable(observed));
  }

  @Test
  void whatIsObservedIsNeverAnsweredInTheOriginsPlace() {
    PolicyBuilder observing = policy().mode(Mode.OBSERVE);

    assertThat(decide(observing.noOp(NoOp.UNCHANGED), "PUT", PRESENT, SAME, "If-Match", "\"now\""))
        .isEqualTo(freely());
    assertThat(decide(observing, "PATCH", ABSENT, SAME, "If-Match", "\"old\"")).isEqualTo(freely());
  }

  @ParameterizedTest
  @EnumSource(
      value = ProbeAnswer.class,
      names = {"NOT_ADMITTED", "UNVERIFIABLE", "FAILED"})
  void whereThereIsNothingToCompareTheOptionsDecide(ProbeAnswer answer) {
    WriteDecision refused = WriteDecision.ofUnusable(write(policy()), answer, "why");
    WriteDecision allowed =
        WriteDecision.ofUnusable(write(policy().unverifiable(Unverifiable.ALLOW)), answer, "why");
    WriteDecision observed =
        WriteDecision.ofUnusable(write(policy().mode(Mode.OBSERVE)), answer, "why");

    Optional<Refuse> expected =
        switch (answer) {
          case UNVERIFIABLE ->
              Optional.of(new Refuse(Refusal.UNVERIFIABLE, "why", Optional.empty()));
          case FAILED -> Optional.of(new Refuse(Refusal.PROBE_FAILED, "why", Optional.empty()));
          default -> Optional.empty();
        };
    assertThat(refused)
        .isEqualTo(expected.map(WriteDecision.class::cast).orElseGet(RelayProbe::new));
    assertThat(allowed).isEqualTo(answer == ProbeAnswer.UNVERIFIABLE ? freely() : refused);
    assertThat(observed).isEqualTo(new Forward(expected));
  }

  private static Plan.Write write(PolicyBuilder policy) {
    RequestHead request = new RequestHead(Method.PUT, "/a", FieldList.of("If-Match", "\"now\""));
    return (Plan.Write) Plan.of(request, policy.everywhere());
  }

  private static WriteDecision decide(
      PolicyBuilder policy,
      String method,
      ResourceState state,
      Optional<EntityTag> sent,
      String... fields) {
    return decide(policy.everywhere(), method, "/a", state, sent, fields);
  }

  private static WriteDecision decide(
      RouteTable table,
      String method,
      String target,
      ResourceState state,
      Optional<EntityTag> sent,
      String... fields) {
    RequestHead request = new RequestHead(Method.of(method), target, FieldList.of(fields));
    return WriteDecision.of((Plan.Write) Plan.of(request, table), state, sent);
  }

  private static String name(WriteDecision decision) {
    if (decision instanceof Refuse refuse) {
      return refuse.refusal().name();
    }
    return decision instanceof Satisfied satisfied
        ? String.valueOf(satisfied.status())
        : decision instanceof Forward ? "forward" : "relay";
  }

  private static WriteDecision freely() {
    return new Forward(Optional.empty());
  }
}
