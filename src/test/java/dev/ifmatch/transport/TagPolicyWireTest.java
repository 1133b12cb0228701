package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tag}: with whatever recipe, one state has one tag, on reads, writes and refusals. */
class TagPolicyWireTest {
  private static final Limits SMALL = LimitsBuilder.limits().tagBuffer(1_000).build();

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old").with("/large", "x".repeat(5_000));

  /** What a client of this route meets from its first read to its second write. */
  private void assertOneTagForOneState(PolicyBuilder route) throws IOException {
    stage.open(store, route.everywhere(), SMALL);
    String old = stage.get("/a").tag();
    assertThat(stage.head("/a").tag()).isEqualTo(old);
    assertThat(stage.get("/a", "If-None-Match: " + old).status()).isEqualTo(304);
    assertThat(stage.put("/a", "new").tag()).as("428").isEqualTo(old);

    Reply written = stage.put("/a", "new", "If-Match: " + old);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.tag()).isNotEqualTo(old).isEqualTo(stage.get("/a").tag());
    Reply stale = stage.put("/a", "newer", "If-Match: " + old);
    assertThat(Stage.told(stale)).isEqualTo("412 stale");
    assertThat(stale.tag()).isEqualTo(written.tag());
    assertThat(store.text("/a")).isEqualTo("new");
  }

  private void assertTheTrailerIsTheTag() throws IOException {
    String tag = stage.head("/large").tag();
    Reply get = stage.get("/large", "TE: trailers");
    assertThat(get.field("ETag")).isEmpty();
    assertThat(get.trailers()).isEqualToIgnoringCase("ETag: " + tag + "\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void withEachHash(HashAlgorithm hash) throws IOException {
    assertOneTagForOneState(policy().tag(TagRecipe.DEFAULT.with(hash)));
    assertTheTrailerIsTheTag();
  }

  @ParameterizedTest
  @CsvSource({"SHA_256, SHA-256", "SHA_512, SHA-512", "SHA_1, SHA-1", "MD5, MD5"})
  void aCryptographicHashIsWhatItsNameSays(HashAlgorithm hash, String javaName)
      throws IOException, GeneralSecurityException {
    stage.open(store, policy().tag(TagRecipe.DEFAULT.with(hash)).everywhere());
    byte[] digest = MessageDigest.getInstance(javaName).digest("old".getBytes(UTF_8));
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    assertThat(stage.get("/a").tag()).isEqualTo('"' + text + '"');
  }

  @Test
  void withASalt() throws IOException {
    assertOneTagForOneState(policy().salt("pepper"));
    assertTheTrailerIsTheTag();
  }

  @ParameterizedTest
  @EnumSource
  void aSaltMakesOtherTags(HashAlgorithm hash) throws IOException {
    PolicyBuilder route = policy().tag(TagRecipe.DEFAULT.with(hash));
    String plain = stage.open(store, route.everywhere()).get("/a").tag();
    String one = stage.open(store, route.salt("pepper").everywhere()).get("/a").tag();
    String same = stage.open(store, route.salt("pepper").everywhere()).get("/a").tag();
    String other = stage.open(store, route.salt("pepper ").everywhere()).get("/a").tag();
    assertThat(List.of(plain, one, other)).doesNotHaveDuplicates();
    assertThat(same).isEqualTo(one);
  }

  @Test
  void weakTagsServeReadersAndAreNoUseToStrictWriters() throws IOException {
    stage.open(store, policy().strength(TagStrength.WEAK).everywhere(), SMALL);
    String tag = stage.get("/a").tag();
    assertThat(tag).startsWith("W/\"");
    assertThat(stage.head("/a").tag()).isEqualTo(tag);
    assertThat(stage.get("/a", "If-None-Match: " + tag).status()).isEqualTo(304);
    assertTheTrailerIsTheTag();

    Reply refused = stage.put("/a", "new", "If-Match: " + tag);
    assertThat(Stage.told(refused)).isEqualTo("412 weak-tag");
    assertThat(refused.tag()).isEqualTo(tag);
    assertThat(Stage.told(stage.put("/a", "new", "If-Match: " + tag.substring(2))))
        .as("it was weak when it was made")
        .isEqualTo("412 weak-tag");
    assertThat(stage.put("/a", "new", "If-Match: *").tag()).startsWith("W/\"");
  }

  @Test
  void weakTagsServeTolerantWriters() throws IOException {
    PolicyBuilder weak = policy().strength(TagStrength.WEAK).comparison(Comparison.TOLERANT);
    assertOneTagForOneState(weak);
  }

  @Test
  void eachRouteHasItsOwnRecipe() throws IOException {
    stage.open(
        new Store().with("/a", "text").with("/b", "text").with("/c", "text"),
        new RouteTable(
            List.of(
                policy().tag(TagRecipe.DEFAULT.with(HashAlgorithm.MD5)).route("/a"),
                policy().salt("pepper").route("/b")),
            RoutePolicy.DEFAULT));
    List<String> tags =
        List.of(stage.get("/a").tag(), stage.get("/b").tag(), stage.get("/c").tag());
    assertThat(tags).doesNotHaveDuplicates();
    assertThat(Stage.told(stage.put("/b", "new", "If-Match: " + tags.get(0))))
        .isEqualTo("412 stale");
    assertThat(stage.put("/b", "new", "If-Match: " + tags.get(1)).status()).isEqualTo(200);
  }

  /** Readers' tags are made by the route of GET; a writer's own route has no say in it. */
  @Test
  void writesAreCheckedByTheRecipeOfReads() throws IOException {
    stage.open(
        store,
        new RouteTable(
            List.of(
                policy().tag(TagRecipe.DEFAULT.with(HashAlgorithm.MD5)).route("/a", "GET"),
                policy().tag(TagRecipe.DEFAULT.with(HashAlgorithm.SHA_512)).route("/a", "PUT")),
            RoutePolicy.DEFAULT));
    String tag = stage.get("/a").tag();
    Reply written = stage.put("/a", "new", "If-Match: " + tag);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.tag()).hasSameSizeAs(tag).isEqualTo(stage.get("/a").tag());
  }
}
