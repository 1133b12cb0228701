package dev.ifmatch.doctor;

import static dev.ifmatch.doctor.Answers.answer;
import static dev.ifmatch.doctor.Answers.conditional;
import static dev.ifmatch.doctor.Answers.evidence;
import static dev.ifmatch.doctor.Answers.guarded;
import static dev.ifmatch.doctor.Answers.gzip;
import static dev.ifmatch.doctor.Answers.json;
import static dev.ifmatch.doctor.Answers.through;
import static dev.ifmatch.doctor.Answers.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ifmatch.doctor.Diagnosis.Verdict;
import dev.ifmatch.doctor.Finding.Mark;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of the answers of a resource, and what it comes to. */
class DiagnosisTest {
  private static final Reading PLAIN = json("{\"a\":1}");
  private static final Reading STRONG = json("{\"a\":1}", "ETag", "\"x\"");
  private static final Evidence STEADY = evidence(STRONG, STRONG);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | 401: it wants to know who you are: -H 'Authorization: Bearer …' or -H 'Cookie: …'
          403 | 403: these credentials may not read it; pass others with -H
          404 | 404: there is nothing; name a resource that exists
          410 | 410: there is nothing; name a resource that exists
          302 | 302: it leads to /login; name that path, or pass credentials with -H
          405 | 405: it cannot be read, so there is no state that a write could be compared with; guard its writes by a resource that can, or set unverifiable: allow
          406 | 406: it has nothing for this Accept; pass one that clients send, with -H 'Accept: …'
          429 | 429: too many requests; try again later
          204 | 204: it has no content to make a tag of
          206 | 206: only a resource that answers 200 has a tag
          503 | 503: the backend fails; writes would get 502
          """)
  void onlyWhatAnswers200CanBeProtected(int status, String text) {
    Reading read = answer(status, "", "Location", "/login");
    Diagnosis diagnosis = Diagnosis.of(evidence(read, read));

    assertThat(told(diagnosis)).isEqualTo("!! " + text);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNREAD);
  }

  @Test
  void aStatusThatChangesIsTold() {
    assertThat(told(Diagnosis.of(evidence(PLAIN, answer(500, ""), PLAIN))))
        .isEqualTo("!! its status changes from read to read: 200, 500, 200");
  }

  @Test
  void aStreamGetsNoTag() {
    Reading stream = Answers.beginning("", "Content-Type", "text/event-stream;charset=utf-8");
    assertThat(told(Diagnosis.of(evidence(stream, stream))))
        .isEqualTo("!! 200, text/event-stream: a stream without end gets no tag; set mode: off");
  }

  @Test
  void whatIsTooLargeToBeTaggedIsToldWithTheLimit() {
    Reading large = answer(200, "x".repeat(3 << 20));
    Diagnosis diagnosis = Diagnosis.of(evidence(large, large));

    assertThat(told(diagnosis))
        .contains(
            "!! 200, no Content-Type, 3.0 MiB, read 2 times: too large to get a tag by default");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.WITH_SETTINGS);
    assertThat(diagnosis.remedy()).isEqualTo(Remedy.buffering(3 << 20));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            "no tag",
            evidence(PLAIN, PLAIN),
            """
            ok its content is the same in all 2 reads
            ok it has no ETag of its own: ifmatch makes one"""),
        arguments(
            "a strong tag",
            STEADY,
            """
            ok its content is the same in all 2 reads
            ok its own strong ETag is kept"""),
        arguments(
            "a weak tag",
            evidence(json("1", "ETag", "W/\"x\""), json("1", "ETag", "W/\"x\"")),
            """
            ok its content is the same in all 2 reads
            ok its own ETag is weak, and never matches in If-Match: ifmatch puts a strong one there"""),
        arguments(
            "a tag without quotes",
            evidence(json("1", "ETag", "x"), json("1", "ETag", "x")),
            """
            ok its content is the same in all 2 reads
            ok its ETag x lacks the quotes and is none: ifmatch makes one"""),
        arguments(
            "moving content with a strong tag that stays",
            evidence(json("1", "ETag", "\"x\""), json("2", "ETag", "\"x\"")),
            """
            ok its content changes, but its strong ETag does not, and that is what counts
            ok its own strong ETag is kept"""),
        arguments(
            "a strong tag that moves",
            evidence(json("1", "ETag", "\"x\""), json("1", "ETag", "\"y\"")),
            """
            ok its content is the same in all 2 reads
            !! its own strong ETag changes from read to read, and ifmatch keeps strong ones: have the backend leave it out, or send it weak"""),
        arguments(
            "another content compressed",
            gzip(STEADY, gzip("{}", "ETag", "\"x\"")),
            "-- for those who take gzip it has another content; a write is compared with the one for those who do not"),
        arguments(
            "the same tag compressed",
            gzip(STEADY, gzip("{\"a\":1}", "ETag", "\"x\"")),
            "ok compressed by gzip, it has the same ETag"),
        arguments(
            "a suffixed tag compressed",
            gzip(STEADY, gzip("{\"a\":1}", "ETag", "\"x-gzip\"")),
            "ok compressed, its ETag is \"x-gzip\": ifmatch knows the suffix"),
        arguments(
            "a tag that the backend weakens",
            gzip(STEADY, gzip("{\"a\":1}", "ETag", "W/\"x\"")),
            "-- compressed, its ETag is weak: ifmatch puts a strong one there"),
        arguments(
            "a tag that a hop before ifmatch weakens",
            guarded(gzip(STEADY, gzip("{\"a\":1}", "ETag", "W/\"x\""))),
            "!! a hop that compresses makes the ETag weak, and writes with it get 412; switch its compression off, or set comparison: tolerant"),
        arguments(
            "a tag that the backend takes off",
            gzip(STEADY, gzip("{\"a\":1}")),
            "-- compressed, it has no ETag: ifmatch makes one"),
        arguments(
            "a tag that a hop before ifmatch takes off",
            guarded(gzip(STEADY, gzip("{\"a\":1}"))),
            "!! a hop that compresses takes the ETag off, so that clients have none to send back; switch its compression off"),
        arguments(
            "another tag compressed",
            gzip(STEADY, gzip("{\"a\":1}", "ETag", "\"z\"")),
            "-- compressed, it has another ETag, \"z\""),
        arguments(
            "a conditional read",
            conditional(STEADY, answer(304, "")),
            "ok If-None-Match with its ETag gets 304"),
        arguments(
            "a conditional read that is not obeyed",
            conditional(STEADY, STRONG),
            "-- If-None-Match with its ETag gets 200, not 304: behind ifmatch it gets that"),
        arguments(
            "a conditional read that a hop spoils",
            conditional(guarded(STEADY), STRONG),
            "-- If-None-Match with its ETag gets 200, not 304: a hop changes the one or the other"),
        arguments(
            "HEAD as GET",
            Answers.head(STEADY, json("", "ETag", "\"x\"")),
            "ok HEAD agrees with GET"),
        arguments(
            "another HEAD",
            Answers.head(STEADY, answer(200, "", "Content-Length", "0")),
            "-- HEAD differs from GET (no Content-Type, no ETag); behind ifmatch it is made of a GET"),
        arguments(
            "no HEAD",
            Answers.head(STEADY, answer(405, "")),
            "-- HEAD differs from GET (status 405); behind ifmatch it is made of a GET"),
        arguments(
            "another type, untold",
            xml(STEADY, answer(200, "<a/>", "Content-Type", "application/xml")),
            "-- GET with Accept: application/xml is application/xml, but Vary does not tell of it: clients must send the same Accept with a write as with the read before"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void whatIsFoundIsTold(String name, Evidence evidence, String lines) {
    assertThat(told(Diagnosis.of(evidence))).contains(lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Accept          | its media type depends on Accept
          accept-language | it depends on Accept-Language
          Cookie          | it depends on Cookie: a write is compared with what its own sender may read
          Authorization   | it depends on Authorization
          X-Tenant        | it depends on X-Tenant: clients must send the same with a write
          *               | Vary: * says that it depends on more than the request
          """)
  void whatVaryMeansIsTold(String vary, String text) {
    Reading read = json("1", "Vary", "Accept-Encoding, Origin, " + vary);
    Diagnosis diagnosis = Diagnosis.of(evidence(read, read));

    assertThat(diagnosis.findings().stream().filter(f -> f.mark() == Mark.NOTE))
        .filteredOn(finding -> !finding.text().startsWith("HEAD"))
        .singleElement()
        .extracting(Finding::text)
        .asString()
        .startsWith(text);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.AS_IT_IS);
  }

  static Stream<Arguments> ways() {
    Reading gzip = gzip("{\"a\":1}", "ETag", "\"x\"");
    return Stream.of(
        arguments(
            STRONG, gzip, "ok through http://cdn: the ETag arrives as it is", Verdict.AS_IT_IS),
        arguments(
            STRONG,
            gzip("{\"a\":1}", "ETag", "W/\"x\""),
            "!! through http://cdn: a hop that compresses makes the ETag weak, and writes with it get"
                + " 412; switch its compression off (comparison: tolerant is for tags that ifmatch"
                + " makes)",
            Verdict.NOT_YET),
        arguments(
            json("{\"a\":1}", "ETag", "W/\"x\""),
            gzip,
            "!! through http://cdn: the ETag arrives weak, and writes with it get 412",
            Verdict.NOT_YET),
        arguments(PLAIN, gzip, "!! through http://cdn: the ETag is taken off", Verdict.NOT_YET),
        arguments(
            json("{\"a\":1}", "ETag", "\"y\""),
            gzip,
            "!! through http://cdn: another ETag arrives, \"y\"",
            Verdict.NOT_YET),
        arguments(answer(502, ""), gzip, "!! through http://cdn: it answers 502", Verdict.NOT_YET));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatAnotherWayMakesOfATagIsTold(Reading plain, Reading gzip, String text, Verdict verdict) {
    Diagnosis diagnosis = Diagnosis.of(through(STEADY, plain, gzip));

    assertThat(told(diagnosis)).contains(text);
    assertThat(diagnosis.verdict()).isEqualTo(verdict);
  }

  @Test
  void aTagOfOursThatAHopWeakensCanBeTaken() {
    Reading weak = json("{\"a\":1}", "ETag", "W/\"x\"");

    Diagnosis weakened = Diagnosis.of(through(guarded(STEADY), weak, weak));
    assertThat(told(weakened)).contains("let that hop change nothing, or set comparison: tolerant");
    assertThat(weakened.remedy()).isEqualTo(Remedy.TOLERANT);

    Reading compressed = gzip("{\"a\":1}", "ETag", "W/\"x\"");
    Diagnosis made = Diagnosis.of(through(evidence(PLAIN, PLAIN), STRONG, compressed));
    assertThat(told(made)).contains("switch its compression off, or set comparison: tolerant");
    assertThat(made.remedy()).isEqualTo(Remedy.TOLERANT);
  }

  @Test
  void aWayOnWhichTheTagIsMadeIsFine() {
    assertThat(told(Diagnosis.of(through(evidence(PLAIN, PLAIN), STRONG, STRONG))))
        .contains("ok through http://cdn: its ETag is \"x\"");
    assertThat(told(Diagnosis.of(through(evidence(PLAIN, PLAIN), PLAIN, PLAIN))))
        .contains("-- through http://cdn: there is no ETag either");
  }

  @Test
  void ofIfmatchItselfAStrongTagIsExpected() {
    assertThat(told(Diagnosis.of(guarded(STEADY))))
        .contains("ok ifmatch answers here, and its ETag arrives strong");
    assertThat(told(Diagnosis.of(guarded(evidence(PLAIN, PLAIN)))))
        .contains("!! ifmatch answers here, but the ETag is missing");
    Reading weak = json("1", "ETag", "W/\"x\"");
    Diagnosis weakened = Diagnosis.of(guarded(evidence(weak, weak)));
    assertThat(told(weakened)).contains("!! ifmatch answers here, but its ETag arrives weak");
    assertThat(weakened.remedy()).isEqualTo(Remedy.TOLERANT);
  }

  private static String told(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .map(finding -> finding.mark() + " " + finding.text())
        .collect(Collectors.joining("\n"));
  }
}
