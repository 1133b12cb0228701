package dev.ifmatch.transport;

import static dev.ifmatch.transport.HostileInput.SMUGGLED;
import static dev.ifmatch.transport.HostileInput.bad;
import static dev.ifmatch.transport.HostileInput.field;
import static dev.ifmatch.transport.HostileInput.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that are not let in, and some strange ones that are, octet by octet. */
class AdmissionWireTest {
  private static final int MAX_TARGET = 300;
  private static final int MAX_HEAD = 2000;
  private static final Limits LIMITS =
      LimitsBuilder.limits().maxTarget(MAX_TARGET).maxHead(MAX_HEAD).build();

  @RegisterExtension
  private static final SharedStage SHARED = SharedStage.answering(LIMITS, "200 OK", "fine");

  static Stream<HostileInput> requestLines() {
    return Stream.of(
        bad("LF before the request line", "\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n"),
        bad("CR before the request line", "\rGET /a HTTP/1.1\r\nHost: h\r\n\r\n"),
        bad("CR CR LF before the request line", "\r\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n"),
        bad("NUL before the request line", "\0GET /a HTTP/1.1\r\nHost: h\r\n\r\n"),
        bad("request line ended by LF", "GET /a HTTP/1.1\nHost: h\r\n\r\n"),
        bad("request line ended by CR", "GET /a HTTP/1.1\rHost: h\r\n\r\n"),
        bad("request line ended by CR CR LF", "GET /a HTTP/1.1\r\r\nHost: h\r\n\r\n"),
        line("leading space", " GET /a HTTP/1.1"),
        line("two spaces behind the method", "GET  /a HTTP/1.1"),
        line("two spaces before the version", "GET /a  HTTP/1.1"),
        line("space behind the version", "GET /a HTTP/1.1 "),
        line("tab behind the method", "GET\t/a HTTP/1.1"),
        line("vertical tab for a space", "GET\u000b/a HTTP/1.1"),
        line("method is not a token", "GE(T /a HTTP/1.1"),
        line("method with an umlaut", "G\u00cbT /a HTTP/1.1"),
        line("method with NUL", "GE\0T /a HTTP/1.1"),
        line("method with a colon", "GET: /a HTTP/1.1"),
        line("no method", "/a HTTP/1.1"),
        line("no target", "GET HTTP/1.1"),
        line("empty target", "GET  HTTP/1.1"),
        line("space in the target", "GET /a b HTTP/1.1"),
        line("tab in the target", "GET /a\tb HTTP/1.1"),
        line("control character in the target", "GET /a\u0001b HTTP/1.1"),
        line("DEL in the target", "GET /a\u007fb HTTP/1.1"),
        line("NUL in the target", "GET /a\0b HTTP/1.1"),
        line("umlaut in the target", "GET /\u00e4 HTTP/1.1"),
        line("UTF-8 in the target", "GET /\u00c3\u00a4 HTTP/1.1"),
        line("fragment in the target", "GET /a#b HTTP/1.1"),
        line("target without a slash", "GET a HTTP/1.1"),
        line("authority-form with GET", "GET h:80 HTTP/1.1"),
        line("asterisk with GET", "GET * HTTP/1.1"),
        line("asterisk with PUT", "PUT * HTTP/1.1"),
        line("another scheme", "GET ftp://h/a HTTP/1.1"),
        line("absolute-form without a host", "GET http:///a HTTP/1.1"),
        line("absolute-form with credentials", "GET http://u:p@h/a HTTP/1.1"),
        line("absolute-form with a fragment", "GET http://h#/a HTTP/1.1"),
        line("lower-case version", "GET /a http/1.1"),
        line("version 0.9", "GET /a HTTP/0.9"),
        line("version 1.2", "GET /a HTTP/1.2"),
        line("version 1.10", "GET /a HTTP/1.10"),
        line("version 1", "GET /a HTTP/1"),
        line("version 01.1", "GET /a HTTP/01.1"),
        line("version 2.0", "GET /a HTTP/2.0"),
        line("version with a space", "GET /a HTTP/1. 1"),
        line("another protocol", "GET /a ICAP/1.1"),
        bad("HTTP/0.9", "GET /a\r\n"),
        bad("HTTP/2's preface behind an empty line", "\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        bad("almost HTTP/2's preface", "PRI * HTTP/3.0\r\n\r\nSM\r\n\r\n"),
        bad("TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"));
  }

  static Stream<HostileInput> fields() {
    return Stream.of(
        field("no colon", "Accept"),
        field("empty name", ": value"),
        field("space before the colon", "X-A : b"),
        field("tab before the colon", "X-A\t: b"),
        field("space before the colon of a length", "Content-Length : 5"),
        field("space in a name", "X A: b"),
        field("NUL in a name", "X\0A: b"),
        field("umlaut in a name", "X-\u00c4: b"),
        field("control character in a name", "X\u0001A: b"),
        field("DEL in a name", "X\u007fA: b"),
        field("CR in a name", "X\rA: b"),
        field("bracket in a name", "X[A]: b"),
        field("NUL in a value", "X-A: b\0c"),
        field("control character in a value", "X-A: b\u0001c"),
        field("vertical tab in a value", "X-A: b\u000bc"),
        field("DEL in a value", "X-A: b\u007fc"),
        field("CR in a value", "X-A: b\rc"),
        field("LF in a value", "X-A: b\nX-B: c"),
        field("LF and a length in a value", "X-A: b\nContent-Length: 5"),
        field("CR CR LF at the end", "X-A: b\r"),
        field("folded line", "X-A: b\r\n c"),
        field("line folded with a tab", "X-A: b\r\n\tc"),
        field("folded coding", "Transfer-Encoding:\r\n chunked"),
        bad("folded first line", "GET /a HTTP/1.1\r\n Host: h\r\n\r\n"),
        bad("field line ended by LF", "GET /a HTTP/1.1\r\nHost: h\nX-A: b\r\n\r\n"),
        bad("head ended by LF", "GET /a HTTP/1.1\r\nHost: h\r\n\n"),
        bad("head ended by LF LF", "GET /a HTTP/1.1\r\nHost: h\n\n"),
        bad("head ended by CR", "GET /a HTTP/1.1\r\nHost: h\r\n\rX"));
  }

  static Stream<HostileInput> hosts() {
    return Stream.of(
        bad("no Host", "GET /a HTTP/1.1\r\nAccept: */*\r\n\r\n"),
        bad("no field at all", "GET /a HTTP/1.1\r\n\r\n"),
        field("two Hosts", "Host: h"),
        field("two Hosts that differ", "Host: other"),
        field("two Hosts, in another case", "hOsT: h"),
        bad("no Host with absolute-form", "GET http://h/a HTTP/1.1\r\n\r\n"),
        host("empty", ""),
        host("with a space", "h x"),
        host("with a slash", "h/x"),
        host("with credentials", "u@h"),
        host("with a list", "h, x"),
        host("with an open bracket", "[::1"),
        host("with a port that is none", "h:80a"),
        host("with two ports", "h:80:80"),
        host("with a scheme", "http://h"),
        host("with a broken percent-encoding", "h%2"),
        host("with a tab", "h\tx"),
        host("with an umlaut", "h\u00e4"));
  }

  private static HostileInput host(String name, String value) {
    return bad("Host " + name, "GET /a HTTP/1.1\r\nHost: " + value + "\r\n\r\n");
  }

  static Stream<HostileInput> others() {
    String path = "/" + "a".repeat(MAX_TARGET);
    return Stream.of(
        line("CONNECT", "CONNECT h:443 HTTP/1.1").with(405),
        line("CONNECT in origin-form", "CONNECT /a HTTP/1.1").with(405),
        line("target too long", "GET " + path + " HTTP/1.1").with(414),
        line("target too long and unfinished", "GET " + path.repeat(20)).with(414),
        field("value too large", "Cookie: " + "c".repeat(MAX_HEAD)).with(431),
        field("name too large", "c".repeat(MAX_HEAD) + ": x").with(431),
        field("fields too many", "X: y\r\n".repeat(MAX_HEAD / 6) + "X: y").with(431),
        bad("empty lines too many", "\r\n".repeat(MAX_HEAD)).with(431));
  }

  @ParameterizedTest
  @MethodSource({"requestLines", "fields", "hosts", "others"})
  void isRefusedAndGoesNoFurther(HostileInput input) throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      client.send(input.octets() + SMUGGLED);
      assertRefused(input, client);
    }
  }

  @ParameterizedTest
  @MethodSource({"requestLines", "fields", "hosts"})
  void isRefusedInWhicheverPiecesItComes(HostileInput input) throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      client.sendOneByOne(input.octets());
      assertRefused(input, client);
    }
  }

  @ParameterizedTest
  @MethodSource({"requestLines", "fields", "hosts", "others"})
  void isRefusedBehindAGoodRequest(HostileInput input) throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      client.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\n" + input.octets() + SMUGGLED);
      assertThat(client.read().status()).isEqualTo(200);
      SHARED.origin().forget();
      assertRefused(input, client);
    }
  }

  private void assertRefused(HostileInput input, RawClient client) throws IOException {
    Reply refusal = client.read();
    assertThat(refusal.status()).as(refusal.toString()).isEqualTo(input.status());
    assertThat(refusal.closes()).isTrue();
    assertThat(refusal.problem().path("sent").asBoolean()).isFalse();
    assertThat(client.readToAnyEnd()).as("behind the refusal").isEmpty();
    assertOriginSawOnly("GET /canary");
  }

  /** What reached the origin by now has to be there before what is sent now. */
  private void assertOriginSawOnly(String... requests) throws IOException {
    SHARED.proxy().exchange("GET /canary HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(SHARED.origin().heads())
        .extracting(heard -> heard.method() + " " + heard.target())
        .containsExactly(requests);
  }

  @Test
  void connectIsToldWhatIsAllowed() throws IOException {
    Reply refusal = SHARED.proxy().exchange("CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n");
    assertThat(refusal.field("Allow")).contains("GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /a HTTP/1.1\r\nHost: \r\n\r\n", "GET /a HTTP/1.1\r\n\r\n"})
  void aRefusalOfHeadHasNoBody(String octets) throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      client.send(octets.replace("GET", "HEAD"));
      assertThat(client.readHeadOnly().status()).isEqualTo(400);
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost:h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: \t h \t\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h:\r\n\r\n",
        "GET /a HTTP/1.1\r\nhost: h\r\nX-Empty:\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nX-Text: \u00e4 \"quoted\" \u00ff\r\n\r\n",
        "GET /a?b=/../c&d=%20 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        "X!#$%&'*+-.^_`|~ /a HTTP/1.1\r\nHost: h\r\n\r\n"
      })
  void whatIsOnlyStrangeGoesOn(String octets) throws IOException {
    assertThat(SHARED.proxy().exchange(octets).status()).isEqualTo(200);
    try (RawClient client = SHARED.proxy().connect()) {
      assertThat(client.sendOneByOne(octets).read().status()).isEqualTo(200);
    }
    Heard first = SHARED.origin().requests().get(0);
    Heard second = SHARED.origin().requests().get(1);
    assertThat(first.head()).isEqualTo(second.head());
    assertThat(first.startLine()).endsWith(" HTTP/1.1");
    assertThat(first.fields("Host")).hasSize(1).doesNotContain("");
  }

  @Test
  void theAbsoluteFormNeverChoosesTheOrigin() throws IOException {
    SHARED.proxy().exchange("GET http://elsewhere:81/a?b HTTP/1.1\r\nHost: h\r\n\r\n");
    SHARED.proxy().exchange("GET HTTPS://elsewhere?b HTTP/1.1\r\nHost: h\r\n\r\n");

    assertThat(SHARED.origin().requests()).extracting(Heard::target).containsExactly("/a?b", "/?b");
    assertThat(SHARED.origin().requests().get(0).fields("Host")).containsExactly("elsewhere:81");
    assertThat(SHARED.origin().requests().get(1).fields("Host")).containsExactly("elsewhere");
  }
}
