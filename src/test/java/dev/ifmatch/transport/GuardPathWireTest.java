package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resource guards a write: the template's, with what stands in the write's own path. */
class GuardPathWireTest {
  private static final RouteTable ROUTES =
      new RouteTable(
          List.of(
              policy().guarded("/orders/{id}/approve", "/orders/{id}"),
              policy().guarded("/orders/{id}/approve.json", "/orders/{id}.json"),
              policy().guarded("/odata/Orders({id})/Approve", "/odata/Orders({id})"),
              policy().guarded("/files/{name}.zip/unpack", "/files/{name}.zip"),
              policy().guarded("/tenants/{t}/carts/{c}/items/**", "/carts/{c}/of/{t}"),
              policy().guarded("/search/{id}/index", "/search?for={id}&all")),
          RoutePolicy.DEFAULT);

  @RegisterExtension final Stage stage = new Stage();

  @BeforeEach
  void open() throws IOException {
    stage.open(
        heard -> peer -> peer.answer("200 OK", heard.isWrite() ? "done" : heard.target()), ROUTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /orders/1/approve               | /orders/1
          /orders/AbC/approve             | /orders/AbC
          /Orders/AbC/APPROVE             | /orders/AbC
          /orders/1/approve?x=y           | /orders/1
          /orders/a%20b/approve           | /orders/a%20b
          /orders/%C3%A4/approve          | /orders/%C3%A4
          /orders/%c3%A4/approve          | /orders/%C3%A4
          /orders/100%25/approve          | /orders/100%25
          /orders/a%3Fb/approve           | /orders/a%3Fb
          /orders/a%23b/approve           | /orders/a%23b
          /orders/a%2Fb/approve           | /orders/a%2Fb
          /orders/a%5Cb/approve           | /orders/a%5Cb
          /orders/~joe@a.org/approve      | /orders/~joe@a.org
          /orders/a,b=c!(d)*'e'+&:/approve| /orders/a,b=c!(d)*'e'+&:
          /orders/$1$0/approve            | /orders/$1$0
          /orders/1.2/approve             | /orders/1.2
          /orders/.../approve             | /orders/...
          /orders//1//approve             | /orders/1
          http://h/orders/1/approve       | /orders/1
          /orders/1/approve.json          | /orders/1.json
          /orders/1.json/approve.json     | /orders/1.json.json
          /odata/Orders(1)/Approve        | /odata/Orders(1)
          /odata/Orders('a%20b')/Approve  | /odata/Orders('a%20b')
          /files/a.zip.zip/unpack         | /files/a.zip.zip
          /tenants/x/carts/y/items        | /carts/y/of/x
          /tenants/x/carts/y/items/1/2    | /carts/y/of/x
          /search/a/index                 | /search?for=a&all
          """)
  void isReadAtTheTemplatesTarget(String target, String guard) throws IOException {
    Reply reply = stage.send("POST", target, "x", "If-Match: *");
    assertThat(reply.body()).isEqualTo("done");
    List<String> asked = stage.origin().requests().stream().map(Heard::target).toList();
    assertThat(asked).hasSize(3);
    assertThat(List.of(asked.get(0), asked.get(2), reply.field("Guard-Location").get()))
        .allSatisfy(spelled -> assertThat(inUpperCase(spelled)).isEqualTo(guard));
    assertThat(asked.get(1)).as("the write itself").isEqualTo(target.replace("http://h", ""));
    assertThat(reply.field("Guard-ETag")).contains(stage.get(asked.get(0)).tag());
  }

  /** The digits of percent-encodings, whose case makes no difference (RFC 3986 §6.2.2.1). */
  private static String inUpperCase(String target) {
    return Pattern.compile("%..")
        .matcher(target)
        .replaceAll(found -> found.group().toUpperCase(Locale.ROOT));
  }

  @Test
  void aGuardsQueryIsPartOfWhatIsRead() throws IOException {
    String other = stage.get("/search").tag();
    String tag = stage.get("/search?for=a&all").tag();
    assertThat(tag).isNotEqualTo(other);
    assertThat(Stage.told(stage.send("POST", "/search/a/index", "", "If-Match: " + other)))
        .isEqualTo("412 stale");
    assertThat(stage.send("POST", "/search/a/index?now", "", "If-Match: " + tag).status())
        .isEqualTo(200);
  }

  @Test
  void theMoreSpecificGuardHolds() throws IOException {
    stage.open(
        heard -> peer -> peer.answer("200 OK", "x"),
        new RouteTable(
            List.of(
                policy().guarded("/orders/**", "/orders"),
                policy().guarded("/orders/{id}/**", "/orders/{id}"),
                policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}/lines"),
                policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}/deleted", "DELETE")),
            RoutePolicy.DEFAULT));
    for (String write :
        List.of("POST /orders/1/a/b", "PUT /orders/1/lines/2", "DELETE /orders/1/lines/2")) {
      String[] line = write.split(" ", 2);
      stage.send(line[0], line[1], "", "If-Match: \"x\"");
    }
    assertThat(stage.asked())
        .containsExactly("GET /orders/1", "GET /orders/1/lines", "GET /orders/1/deleted");
  }
}
