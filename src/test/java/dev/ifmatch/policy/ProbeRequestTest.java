package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeRequestTest {

  @Test
  void isAGetOfTheSameTargetAsTheClientSpelledIt() {
    RequestHead probe = probe(write("Host", "h"));

    assertThat(probe.method()).isEqualTo(Method.GET);
    assertThat(probe.target()).isEqualTo("/a/%62?tenant=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Authorization",
        "Cookie",
        "X-Tenant",
        "Accept-Language",
        "Origin",
        "traceparent",
        "X-Request-Id",
        "X-Forwarded-For",
      })
  void carriesWhatSaysWhoAsks(String name) {
    assertThat(probe(write(name, "1")).fields().all(name)).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "content-type",
        "Content-Encoding",
        "Content-Language",
        "Content-Range",
        "Content-Disposition",
        "Content-Location",
        "Content-MD5",
        "Content-Digest",
        "Repr-Digest",
        "Digest",
        "Transfer-Encoding",
        "Trailer",
        "Expect",
        "Idempotency-Key",
        "Prefer",
        "If-Match",
        "IF-NONE-MATCH",
        "If-Modified-Since",
        "If-Unmodified-Since",
        "If-Range",
        "Range",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
      })
  void leavesOutWhatSpeaksOfTheWrite(String name) {
    RequestHead write = write(name, "1");

    assertThat(ProbeRequest.of(write, plan(write("Host", "h"))).fields().has(name)).isFalse();
  }

  @Test
  void wantsTheStoredStateItselfUncoded() {
    RequestHead probe = probe(write("Cache-Control", "max-age=60", "Accept-Encoding", "gzip, br"));

    assertThat(probe.fields().all("Cache-Control")).containsExactly("no-cache");
    assertThat(probe.fields().all("Accept-Encoding")).containsExactly("identity");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # Accept of the write | its Content-Type                        | Accept of the probe
          text/csv              | application/json                        | text/csv
                                | application/json                        | application/json, */*;q=0.1
          */*                   | application/json                        | application/json, */*;q=0.1
          */*                   | application/json-patch+json             | */*
                                | 'application/json; charset=utf-8'       | application/json, */*;q=0.1
                                | application/vnd.platform+json           | application/vnd.platform+json, */*;q=0.1
                                | application/vnd.dispatch+json           | application/vnd.dispatch+json, */*;q=0.1
                                | application/merge-patch+json            |
                                | 'Application/JSON-Patch+json; a=b'      |
                                | application/x-www-form-urlencoded       |
                                | 'Multipart/Form-Data; boundary=x'       |
                                | ''                                      |
                                |                                         |
          """)
  void asksForTheMediaTypeOfTheWriteWhereThatCanBeAnAnswer(
      String accept, String type, String asked) {
    RequestHead write = write("Host", "h");
    Optional.ofNullable(accept).ifPresent(value -> write.fields().add("Accept", value));
    Optional.ofNullable(type).ifPresent(value -> write.fields().add("Content-Type", value));

    assertThat(probe(write).fields().first("Accept")).isEqualTo(Optional.ofNullable(asked));
  }

  @Test
  void theWriteItselfIsNotTouched() {
    RequestHead write = write("If-Match", "\"a\"", "Content-Type", "text/plain");
    String before = write.toString();
    probe(write);

    assertThat(write).hasToString(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User-Agent",
        "X-Request-ID",
        "traceparent",
        "Referer",
        "If-Match",
        "Content-Length"
      })
  void whoAsksInOtherWordsAsksTheSame(String name) {
    assertThat(selection(name, "\"1\"")).isEqualTo(selection(name, "\"2\"")).isEqualTo(selection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Cookie",
        "Accept",
        "Accept-Language",
        "X-Tenant",
        "Content-Type"
      })
  void whoCouldGetAnotherAnswerAsksSomethingElse(String name) {
    assertThat(selection(name, "a/1")).isNotEqualTo(selection(name, "a/2"));
    assertThat(selection(name, "a/1")).isNotEqualTo(selection());
  }

  @Test
  void theTargetWithItsQuerySelects() {
    RequestHead other = new RequestHead(Method.GET, "/a/%62?tenant=2", new FieldList());

    assertThat(ProbeRequest.selection(other))
        .isNotEqualTo(
            ProbeRequest.selection(
                new RequestHead(Method.GET, "/a/%62?tenant=1", new FieldList())));
  }

  @Test
  void namesAreComparedWithoutCaseAndValuesWithIt() {
    assertThat(selection("x-tenant", "a")).isEqualTo(selection("X-Tenant", "a"));
    assertThat(selection("X-Tenant", "A")).isNotEqualTo(selection("X-Tenant", "a"));
  }

  private static RequestHead write(String... fields) {
    return new RequestHead(Method.PUT, "/a/%62?tenant=1", FieldList.of(fields));
  }

  private static String selection(String... fields) {
    return ProbeRequest.selection(probe(write(fields)));
  }

  private static RequestHead probe(RequestHead write) {
    return ProbeRequest.of(write, plan(write));
  }

  private static Plan.Write plan(RequestHead write) {
    return (Plan.Write) Plan.of(write, RouteTable.of(RoutePolicy.DEFAULT));
  }
}
