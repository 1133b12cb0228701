package dev.ifmatch.policy;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which offers to switch protocols pass, and what takes them. */
class UpgradeTest {
  /** The example of RFC 6455 §1.3. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String PROOF = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static final Upgrades ANY = policy().upgrade("any").build().upgrade();

  private static FieldList offer(String protocols) {
    return FieldList.of(
        "Connection", "keep-alive, upgrade", "Upgrade", protocols, "Sec-WebSocket-Key", KEY);
  }

  private static Optional<Upgrade> passing(String method, FieldList fields, Upgrades allowed) {
    return Upgrade.of(new RequestHead(Method.of(method), "/a", fields), allowed);
  }

  private static String passing(String protocols, Upgrades allowed) {
    return passing("GET", offer(protocols), allowed)
        .map(upgrade -> String.join(", ", upgrade.protocols()))
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          # offered            | passes by default | passes with any
          websocket            | websocket         | websocket
          WebSocket            | WebSocket         | WebSocket
          websocket, x/2       | websocket         | websocket, x/2
          'x, websocket'       | websocket         | 'x, websocket'
          x                    | none              | x
          tcp/1.0              | none              | tcp/1.0
          h2c                  | none              | none
          H2C                  | none              | none
          'websocket, h2c'     | websocket         | websocket
          'h2c, x'             | none              | x
          h2                   | none              | none
          HTTP/2.0             | none              | none
          http/1.1             | none              | none
          TLS/1.0              | none              | none
          SPDY/3.1             | none              | none
          'HTTP /2.0'          | none              | none
          """)
  void onlyWhatIsAllowedPasses(String offered, String byDefault, String withAny) {
    assertThat(passing(offered, Upgrades.DEFAULT)).isEqualTo(byDefault == null ? "" : byDefault);
    assertThat(passing(offered, ANY)).isEqualTo(withAny == null ? "" : withAny);
    assertThat(passing(offered, new Upgrades(List.of()))).isEmpty();
  }

  @Test
  void anOfferThatConnectionDoesNotNameIsNone() {
    FieldList fields = offer("websocket");
    fields.set("Connection", "keep-alive");
    assertThat(passing("GET", fields, ANY)).isEmpty();
    fields.remove("Connection");
    assertThat(passing("GET", fields, ANY)).isEmpty();
  }

  @Test
  void aWebSocketIsAskedForByGetWithOneKey() {
    FieldList without = offer("websocket");
    without.remove("Sec-WebSocket-Key");
    assertThat(passing("GET", without, ANY)).isEmpty();
    FieldList twice = offer("websocket");
    twice.add("Sec-WebSocket-Key", KEY);
    assertThat(passing("GET", twice, ANY)).isEmpty();
    assertThat(passing("POST", offer("websocket"), ANY)).isEmpty();
    assertThat(passing("POST", offer("x"), ANY)).isPresent();
    assertThat(passing("HEAD", offer("x"), ANY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # offered      | Upgrade of the 101 | Sec-WebSocket-Accept         | taken
          websocket      | websocket          | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | true
          websocket      | WebSocket          | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | true
          websocket      | websocket          | S3pPLMBiTxaQ9kYGzzhZRbK+xOo= | false
          websocket      | websocket          | ''                           | false
          websocket      | ''                 | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | false
          websocket      | h2c                | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | false
          websocket      | websocket, h2c     | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | false
          websocket, x/1 | x/1                | ''                           | true
          websocket, x/1 | websocket, x/1     | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | true
          websocket, x/1 | websocket, x/1     | ''                           | false
          x/1            | x/2                | ''                           | false
          x/1            | x                  | ''                           | false
          x/1            | X/1                | ''                           | true
          x/1            | websocket          | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | false
          """)
  void onlyWhatWasOfferedIsTaken(String offered, String switched, String proof, boolean taken) {
    Upgrade upgrade = passing("GET", offer(offered), ANY).orElseThrow();
    FieldList fields = FieldList.of("Connection", "Upgrade", "Upgrade", switched);
    if (!proof.isEmpty()) {
      fields.add("Sec-WebSocket-Accept", proof);
    }
    assertThat(upgrade.isTakenBy(new ResponseHead(101, fields))).isEqualTo(taken);
    assertThat(upgrade.isTakenBy(new ResponseHead(101, new FieldList()))).isFalse();
  }

  @Test
  void theOfferIsWrittenAnew() {
    FieldList fields = new FieldList();
    passing("GET", offer("h2c, websocket,x"), ANY).orElseThrow().putInto(fields);
    assertThat(fields.all("Upgrade")).containsExactly("websocket, x");
    assertThat(fields.all("Connection")).containsExactly("Upgrade");
    assertThat(passing("GET", offer("websocket"), ANY).orElseThrow().proof()).contains(PROOF);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    ,      read x",
    "GET,    body,  relay",
    "PUT,    ,      write",
    "POST,   ,      relay x",
    "POST,   body,  relay",
    "POST,   '*',   write",
    "OPTIONS,,      relay x",
  })
  void aPlanOffersItUnlessItIsAGuardedWriteOrHasABody(String method, String extra, String plan) {
    FieldList fields = offer("x");
    if ("body".equals(extra)) {
      fields.add("Content-Length", "1");
    } else if (extra != null) {
      fields.add("If-Match", extra);
    }
    RequestHead request = new RequestHead(Method.of(method), "/a", fields);
    Plan made = Plan.of(request, policy().upgrade("x").everywhere());
    assertThat(words(made)).isEqualTo(plan);
  }

  private static String words(Plan plan) {
    if (plan instanceof Plan.Write) {
      return "write";
    }
    if (plan instanceof Plan.Read read) {
      return "read" + words(read.upgrade());
    }
    return "relay" + words(((Plan.Relay) plan).upgrade());
  }

  private static String words(Optional<Upgrade> upgrade) {
    return upgrade.map(u -> " " + String.join(",", u.protocols())).orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2c", "H2C", "TLS", "http", "spdy", "a b", "x/1", ""})
  void whatCarriesHttpOrIsNoNameCannotBeAllowed(String text) {
    assertThatThrownBy(() -> Upgrades.protocol(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
