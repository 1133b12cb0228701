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

/** What is let in, and why the rest is not. */
class AdmissionTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # Content-Length       | Transfer-Encoding | why it is refused
                                 |                   |
          0                      |                   |
          42                     |                   |
          007                    |                   |
          999999999999999999     |                   |
                                 | chunked           |
                                 | Chunked           |
                                 | ' chunked ,'      |
          42                     | chunked           | both Content-Length and Transfer-Encoding
          x                      | gzip              | both Content-Length and Transfer-Encoding
          ''                     | ''                | both Content-Length and Transfer-Encoding
                                 | gzip              | other than a single chunked
                                 | identity          | other than a single chunked
                                 | gzip, chunked     | other than a single chunked
                                 | chunked, gzip     | other than a single chunked
                                 | chunked, chunked  | other than a single chunked
                                 | ''                | other than a single chunked
                                 | ','               | other than a single chunked
          42, 42                 |                   | an invalid Content-Length
          42,                    |                   | an invalid Content-Length
          +42                    |                   | an invalid Content-Length
          -42                    |                   | an invalid Content-Length
          ' 42'                  |                   | an invalid Content-Length
          4 2                    |                   | an invalid Content-Length
          0x2a                   |                   | an invalid Content-Length
          4.2                    |                   | an invalid Content-Length
          ''                     |                   | an invalid Content-Length
          '４２'                 |                   | an invalid Content-Length
          9999999999999999999    |                   | an invalid Content-Length
          """)
  void framing(String length, String coding, String why) {
    FieldList fields = FieldList.of("Host", "h");
    if (length != null) {
      fields.add("content-length", length);
    }
    if (coding != null) {
      fields.add("transfer-encoding", coding);
    }

    assertRefused(request("/", fields), 1, Refusal.MALFORMED_REQUEST, why);
  }

  @Test
  void repeatedFramingFields() {
    FieldList lengths = FieldList.of("Host", "h", "Content-Length", "1", "Content-Length", "1");
    FieldList codings =
        FieldList.of("Host", "h", "Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked");

    assertRefused(
        request("/", lengths), 1, Refusal.MALFORMED_REQUEST, "more than one Content-Length");
    assertRefused(
        request("/", codings), 1, Refusal.MALFORMED_REQUEST, "other than a single chunked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"br", "chunked, br", "xchunked", "chunked;q=1", "\013chunked", "\"chunked\""})
  void anUnknownTransferCodingIsNotImplemented(String coding) {
    FieldList fields = FieldList.of("Host", "h", "Transfer-Encoding", coding);

    assertRefused(request("/", fields), 1, Refusal.UNKNOWN_TRANSFER_CODING, "Transfer-Encoding: ");
  }

  @Test
  void http10KnowsNoTransferCodingAndNeedsNoHost() {
    FieldList coded = FieldList.of("Transfer-Encoding", "chunked");

    assertRefused(
        request("/", coded), 0, Refusal.MALFORMED_REQUEST, "Transfer-Encoding in an HTTP/1.0");
    assertRefused(request("/", new FieldList()), 0, Refusal.MALFORMED_REQUEST, null);
    assertRefused(
        request("/", FieldList.of("Host", "a b")), 0, Refusal.MALFORMED_REQUEST, "invalid Host");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # Host              | why it is refused
          h                   |
          example.org         |
          example.org:8080    |
          example.org:        |
          127.0.0.1:80        |
          [::1]               |
          [::ffff:1.2.3.4]:80 |
          my_service-1        |
          a%20b               |
                              | no Host field
          ''                  | an invalid Host field
          a b                 | an invalid Host field
          a/b                 | an invalid Host field
          a@b                 | an invalid Host field
          a?b                 | an invalid Host field
          a#b                 | an invalid Host field
          'a,b c'             | an invalid Host field
          a:x                 | an invalid Host field
          a:80:80             | an invalid Host field
          a:123456            | an invalid Host field
          :80                 | an invalid Host field
          ::1                 | an invalid Host field
          [::1                | an invalid Host field
          []                  | an invalid Host field
          [::1]x              | an invalid Host field
          a%2                 | an invalid Host field
          a%zz                | an invalid Host field
          a%20b%2             | an invalid Host field
          ä                   | an invalid Host field
          """)
  void host(String host, String why) {
    FieldList fields = host == null ? new FieldList() : FieldList.of("host", host);

    assertRefused(request("/", fields), 1, Refusal.MALFORMED_REQUEST, why);
  }

  @Test
  void twoHostsThatAreTheSameAreTwoHosts() {
    FieldList two = FieldList.of("Host", "h", "host", "h");

    assertRefused(request("/", two), 1, Refusal.MALFORMED_REQUEST, "more than one Host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%41", "a%41", "1.", "["})
  void noHostIsTooLongToBeJudged(String piece) {
    FieldList fields = FieldList.of("Host", piece.repeat(20_000));

    assertRefused(
        request("/", fields),
        1,
        Refusal.MALFORMED_REQUEST,
        piece.equals("[") ? "an invalid Host field" : null);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # method | target               | why it is refused
          GET      | /                    |
          GET      | '/a;b=1/%20?q=[]{}|^'|
          GET      | //a/../b             |
          OPTIONS  | *                    |
          GET      | http://other/a       |
          GET      | HTTPS://other:1/a?b  |
          GET      | http://other         |
          GET      | *                    | does not start with a slash
          OPTIONS  | *a                   | does not start with a slash
          GET      | a                    | does not start with a slash
          GET      | ''                   | does not start with a slash
          GET      | ?a                   | does not start with a slash
          GET      | ftp://h/a            | does not start with a slash
          GET      | other:80             | does not start with a slash
          GET      | http:///a            | names an invalid host
          GET      | http://u:p@other/a   | names an invalid host
          GET      | http://a:b/          | names an invalid host
          GET      | http://a%zz/         | names an invalid host
          GET      | /a b                 | must be percent-encoded
          GET      | /a#b                 | must be percent-encoded
          GET      | http://h/a#b         | must be percent-encoded
          GET      | /ä                   | must be percent-encoded
          GET      | '/a\tb'              | must be percent-encoded
          GET      | '/a\u007f'           | must be percent-encoded
          GET      | '/a\0'           | must be percent-encoded
          """)
  void target(String method, String target, String why) {
    RequestHead request = new RequestHead(Method.of(method), target, FieldList.of("Host", "h"));

    assertRefused(request, 1, Refusal.MALFORMED_REQUEST, why);
  }

  @Test
  void connectIsNoMethodOfThisProxy() {
    RequestHead request =
        new RequestHead(Method.CONNECT, "other:443", FieldList.of("Host", "other:443"));

    assertThat(Admission.refuse(request, 1).map(Problem::refusal))
        .contains(Refusal.CONNECT_NOT_SUPPORTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # target              | origin-form      | authority
          /a/%62/../c;d?e=f     | /a/%62/../c;d?e=f|
          //h/a                 | //h/a            |
          *                     | *                |
          http://h/a?b=http://x | /a?b=http://x    | h
          HTTP://h:80/a//b      | /a//b            | h:80
          https://[::1]:8443/   | /                | [::1]:8443
          http://h              | /                | h
          http://h?a=b          | /?a=b            | h
          /a?u=http://h/b       | /a?u=http://h/b  |
          """)
  void anAbsoluteTargetLosesItsAuthorityAndNothingElse(
      String target, String originForm, String authority) {
    assertThat(Admission.originForm(target)).isEqualTo(originForm);
    assertThat(Admission.authority(target)).isEqualTo(Optional.ofNullable(authority));
  }

  private static RequestHead request(String target, FieldList fields) {
    return new RequestHead(Method.GET, target, fields);
  }

  /** Is let in where {@code why} is null. */
  private static void assertRefused(
      RequestHead request, int minorVersion, Refusal refusal, String why) {
    Optional<Problem> problem = Admission.refuse(request, minorVersion);
    if (why == null) {
      assertThat(problem).isEmpty();
    } else {
      assertThat(problem.map(Problem::refusal)).contains(refusal);
      assertThat(problem.orElseThrow().detail()).contains(why);
    }
  }
}
