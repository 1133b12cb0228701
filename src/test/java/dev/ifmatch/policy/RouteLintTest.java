package dev.ifmatch.policy;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.PointerPattern;
import dev.ifmatch.representation.Salt;
import dev.ifmatch.representation.TagForm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every warning by the smallest table that earns it, and the tables that earn none. */
class RouteLintTest {
  private static final PolicyBuilder OFF = policy().mode(Mode.OFF);

  static Stream<Arguments> single() {
    return Stream.of(
        arguments(
            policy().strength(TagStrength.WEAK).route("/a"),
            "/a: its tags are weak, and by strict comparison no If-Match with a weak tag ever"
                + " holds: every such write gets 412; set comparison: tolerant, or strength:"
                + " strong"),
        arguments(
            policy().upgrade("websocket", "any").route("/a"),
            "/a: upgrade: any lets clients switch to protocols over which they can write unchecked;"
                + " name those that are in use, e.g. upgrade: [websocket]"),
        arguments(
            policy().route("/a", "put"),
            "/a: the method put never comes, since methods are compared in upper case; write PUT"),
        arguments(
            policy().guarded("/a/{b}", "/a", "GET", "PUT"),
            "/a/{b}: GET or HEAD stands in the methods of a route with a guard, which passes reads"
                + " on without a tag; take it out, and another route tags them"),
        arguments(
            policy().tag(tag(TagForm.BYTES, "", "/x")).route("/a"),
            "/a: include and ignore have no effect where tags are made of bytes; set form: json"),
        arguments(
            policy().tag(tag(TagForm.JSON, "/x/y /z", "/x /x/*")).route("/a"),
            "/a: what include /x/y takes in, ignore /x takes out again; remove one of the two"),
        arguments(
            policy().tag(tag(TagForm.JSON, "/x/*/y", "/x/1/y/z /w")).route("/a"),
            "/a: ignore /w has no effect: nothing there is included anyway; remove it"),
        arguments(
            policy().json("/x").noOp(NoOp.UNCHANGED).route("/a"),
            "/a: no-op: unchanged does not send on a PUT that changes only values which tags leave"
                + " out; set no-op: forward, or have these values count"),
        arguments(
            policy().json("/x").alreadyApplied(AlreadyApplied.ACCEPT).route("/a"),
            "/a: already-applied: accept takes a stale PUT for a retry even if values differ that"
                + " tags leave out; set already-applied: refuse, or have these values count"),
        arguments(
            policy().probePath("/b").route("/a"),
            "/a: the probe's path must answer with the very same bytes as a GET of the resource,"
                + " or every write gets 412; with form: json and include, the values that both"
                + " have are enough"),
        arguments(
            policy().probeAccept("text/csv").probeField("accept", "text/xml").route("/a"),
            "/a: the probe's Accept is set twice, by accept and by a field; remove one of them"),
        arguments(
            policy().writeTag(WriteTag.VERBATIM).route("/a", "PATCH"),
            "/a: write-tag: verbatim tells the new tag only after a PUT to the resource itself, and"
                + " none comes here; set always, or off"),
        arguments(
            policy().writeTag(WriteTag.VERBATIM).guarded("/a/{b}", "/a"),
            "/a/{b}: write-tag: verbatim tells the new tag only after a PUT to the resource itself,"
                + " and none comes here; set always, or off"),
        arguments(
            policy().json("/x").route("/a", "PUT", "PATCH"),
            "/a: its tag settings are never used: it tags no reads, and its writes are compared"
                + " with tags as a GET gets them from /**; set tag there"),
        arguments(policy().guarded("/a/{b}/**", "/a/{b}"), ""));
  }

  @ParameterizedTest
  @MethodSource("single")
  void oneRouteCanBeWrongByItself(Route route, String warnings) {
    assertThat(warnings(RoutePolicy.DEFAULT, route)).isEqualTo(warnings);
  }

  static Stream<Arguments> several() {
    return Stream.of(
        arguments(
            List.of(policy().route("/a/{b}"), OFF.route("/A/{c}/")),
            "/A/{c}/: this route never holds, since /a/{b} fits its requests as well and comes"
                + " first; remove one"),
        arguments(
            List.of(policy().route("/a/{b}", "PUT"), policy().route("/a/{b}", "PUT")),
            "/a/{b}: this route never holds, since /a/{b} fits its requests as well and comes"
                + " first; remove one"),
        arguments(
            List.of(policy().route("/a"), OFF.route("/a/{b}/**"), OFF.route("/a/**")),
            "/a/**: this route never holds, since /a, /a/{b}/** fits its requests as well and comes"
                + " first; remove one"),
        arguments(
            List.of(OFF.route("/a/{b}", "GET"), policy().guarded("/a/{b}/c", "/a/{b}")),
            "/a/{b}/c: its writes need the tag of /a/{b}, but a GET of that goes to /a/{b}, where"
                + " mode is off, so that only a backend with strong tags gives one; set that mode"),
        arguments(
            List.of(
                policy().guarded("/a/{b}/c", "/a/{b}"), policy().guarded("/a/{b}", "/a", "PUT")),
            "/a/{b}/c: it locks its guard /a/{b}, but writes to /a/{b} itself lock that one's own"
                + " guard, so that the two do not wait for each other; give both the same guard"),
        arguments(
            List.of(policy().guarded("/{a}/x/c", "/{a}"), policy().guarded("/a/{b}/{c}", "/a/{b}")),
            "/a/{b}/{c}, /{a}/x/c: both fit some of the same requests, but guard different"
                + " resources, and only the first one's guard is locked and checked; give both the"
                + " same guard"));
  }

  @ParameterizedTest
  @MethodSource("several")
  void routesCanBeWrongTogether(List<Route> routes, String warnings) {
    assertThat(warnings(RoutePolicy.DEFAULT, routes.toArray(Route[]::new))).isEqualTo(warnings);
  }

  @Test
  void readsAreTaggedInVainWhereNoWriteIsChecked() {
    assertThat(warnings(OFF.build(), policy().route("/a", "GET", "HEAD")))
        .isEqualTo(
            "/a: its reads get tags, but PUT, PATCH and DELETE of its paths go to /**, where mode"
                + " is off and nothing is checked; name these methods here too, or set that mode");
  }

  @Test
  void writesAreCheckedInVainWhereNoReadIsTagged() {
    assertThat(warnings(OFF.build(), policy().route("/a", "PUT", "PATCH")))
        .isEqualTo(
            "/a: its writes need the tag of /a, but a GET of that goes to /**, where mode is off,"
                + " so that only a backend with strong tags gives one; set that mode");
  }

  @Test
  void oneFaultOfSeveralRoutesIsToldOnce() {
    PolicyBuilder weak = policy().strength(TagStrength.WEAK);

    assertThat(RouteLint.warnings(new RouteTable(List.of(weak.route("/a")), weak.build())))
        .singleElement()
        .extracting(warning -> warning.routes().stream().map(Route::path).toList())
        .asString()
        .isEqualTo("[/a, /**]");
  }

  @Test
  void theCodesAreTheRoutesOwn() {
    Route route = policy().strength(TagStrength.WEAK).status(StatusCodes.CONFLICT).route("/a");

    assertThat(warnings(RoutePolicy.DEFAULT, route)).contains("every such write gets 409");
  }

  static Stream<List<Route>> sensible() {
    return Stream.of(
        List.of(),
        List.of(
            policy().json("/updatedAt").route("/orders/{id}"),
            policy().guarded("/orders/{id}/**", "/orders/{id}"),
            policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}", "PUT", "DELETE"),
            OFF.route("/health"),
            OFF.route("/orders/{id}", "DELETE"),
            policy().mode(Mode.OBSERVE).route("/legacy/**")),
        List.of(
            policy().strength(TagStrength.WEAK).comparison(Comparison.TOLERANT).route("/a"),
            policy().writeTag(WriteTag.VERBATIM).route("/b"),
            policy().json().probePath("/view/c").route("/c"),
            policy().json().noOp(NoOp.UNCHANGED).alreadyApplied(AlreadyApplied.ACCEPT).route("/d"),
            policy().tag(tag(TagForm.JSON, "/x", "/x/y")).route("/e")),
        List.of(
            policy().route("/customers/{c}"),
            policy().route("/customers/{c}/orders/{o}"),
            policy().guarded("/customers/{c}/**", "/customers/{c}"),
            policy().guarded("/customers/{c}/orders/{o}/**", "/customers/{c}/orders/{o}")),
        List.of(policy().guarded("/{a}/x/c", "/{a}/x"), policy().guarded("/a/{b}/{c}", "/a/{b}")),
        List.of(policy().route("/**"), OFF.route("/**", "DELETE")));
  }

  @ParameterizedTest
  @MethodSource("sensible")
  void aSensibleConfigurationHasNoWarnings(List<Route> routes) {
    assertThat(warnings(RoutePolicy.DEFAULT, routes.toArray(Route[]::new))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          SHA_256 |      | none
          SHA_512 | salt | none
          MD5     |      | hash md5 is broken
          SHA_1   |      | hash sha-1 is broken
          MD5     | salt | none
          XXH3    |      | hash xxh3 is not cryptographic
          XXH3    | salt | and the salt does not prevent it
          """)
  void aHashIsToWithstandThoseWhoLookForCollisions(
      HashAlgorithm hash, String salt, String warning) {
    TagRecipe plain = TagRecipe.DEFAULT;
    TagRecipe tag =
        new TagRecipe(
            plain.form(),
            hash,
            Optional.ofNullable(salt).map(Salt::new),
            plain.include(),
            plain.ignore(),
            plain.strength(),
            plain.maxJsonBytes());

    assertThat(warnings(policy().tag(tag).build()))
        .matches(found -> warning == null ? found.isEmpty() : found.contains(warning));
  }

  @Test
  void aFormerSaltIsAnother() {
    assertThat(warnings(policy().salt("one").formerSalt("two").build())).isEmpty();
    assertThat(warnings(policy().salt("one").formerSalt("one").build()))
        .contains("the former salt is the salt itself");
  }

  private static String warnings(RoutePolicy otherwise, Route... routes) {
    return RouteLint.warnings(new RouteTable(List.of(routes), otherwise)).stream()
        .map(
            warning ->
                warning.routes().stream()
                    .map(route -> route.path().text())
                    .collect(Collectors.joining(", ", "", ": " + warning.text())))
        .collect(Collectors.joining(" | "));
  }

  private static TagRecipe tag(TagForm form, String include, String ignore) {
    return new TagRecipe(
        form,
        HashAlgorithm.SHA_256,
        Optional.empty(),
        pointers(include),
        pointers(ignore),
        TagStrength.STRONG,
        1 << 20);
  }

  private static List<PointerPattern> pointers(String text) {
    return Stream.of(text.split(" ")).filter(t -> !t.isEmpty()).map(PointerPattern::parse).toList();
  }
}
