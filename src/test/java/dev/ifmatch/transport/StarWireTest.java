package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy.Star;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code star}: whether it is enough to say that the resource is there. */
class StarWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # star | mode     | request    | condition                            | told
          DENY   | REQUIRE  | PUT /a     | If-Match: *                          | 428 missing
          DENY   | REQUIRE  | PATCH /a   | If-Match: *                          | 428 missing
          DENY   | REQUIRE  | DELETE /a  | If-Match: *                          | 428 missing
          DENY   | REQUIRE  | POST /a    | If-Match: *                          | 428 missing
          DENY   | REQUIRE  | PUT /a     | If-Match: *;If-None-Match: *         | 412 exists
          DENY   | REQUIRE  | PUT /none  | If-Match: *                          | 412 absent
          DENY   | REQUIRE  | DELETE /no | If-Match: *                          | 412 absent
          DENY   | REQUIRE  | PUT /none  | If-Match: *;If-None-Match: *         | 412 absent
          DENY   | REQUIRE  | PUT /none  | If-None-Match: *                     | 201
          DENY   | REQUIRE  | PUT /a     | If-None-Match: *                     | 412 exists
          DENY   | REQUIRE  | PUT /a     | If-Match: *;If-Match: "x"            | 400 malformed-precondition
          DENY   | OPTIONAL | PUT /a     | If-Match: *                          | 200
          DENY   | OPTIONAL | PUT /none  | If-Match: *                          | 412 absent
          ALLOW  | REQUIRE  | PUT /a     | If-Match: *                          | 200
          ALLOW  | REQUIRE  | PUT /a     | If-Match: *;If-None-Match: "x"       | 200
          ALLOW  | REQUIRE  | PUT /a     | If-Match: *;If-None-Match: *         | 412 exists
          """)
  void saysOnlyThatItIsThere(Star star, Mode mode, String request, String fields, String told)
      throws IOException {
    stage.open(store, policy().star(star).mode(mode).everywhere());
    String[] line = request.split(" ", 2);
    assertThat(Stage.told(stage.send(line[0], line[1], "new", fields.split(";", -1))))
        .isEqualTo(told);
    assertThat(stage.origin().heads())
        .filteredOn(Heard::isWrite)
        .hasSize(told.startsWith("2") ? 1 : 0);
  }

  @Test
  void theRefusalTellsTheTagThatIsEnough() throws IOException {
    stage.open(store, policy().star(Star.DENY).everywhere());
    Reply refused = stage.put("/a", "new", "If-Match: *");
    assertThat(refused.problem().path("currentETag").asText()).isEqualTo(refused.tag());
    assertThat(stage.put("/a", "new", "If-Match: " + refused.tag()).status()).isEqualTo(200);
  }
}
