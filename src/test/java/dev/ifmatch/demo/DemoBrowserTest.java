package dev.ifmatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.demo.DemoBrowser.Look;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both of the demo's stories in a real browser; keeps pictures of them in target/demo-*.png. */
class DemoBrowserTest {

  private static final String GUIDOS_TITLE = "Release notes: final";
  private static final String ADAS_BODY = "Imports keep their order. Exports resume after a break.";

  @ParameterizedTest
  @EnumSource
  void straightToTheBackendAdaErasesGuidosTitle(Look look) throws Exception {
    try (Demo demo = DemoFixture.start();
        DemoBrowser browser = DemoBrowser.open(demo.page(), look)) {
      keepPicture(browser, "start");
      bothLoadAndGuidoSaves(browser);

      browser.type("ada", "body", ADAS_BODY);
      browser.save("ada", "Saved: 200 OK");

      browser.awaitText(".outcome.lost h2", "Guido’s title is lost");
      assertThat(browser.texts(".outcome [data-field=title] del")).containsExactly("final");
      assertThat(browser.texts(".outcome [data-field=body] del")).isEmpty();
      assertThat(browser.texts(".exchange")).hasSize(4);
      assertThat(browser.texts(".exchange .request .absent")).contains("no If-Match");
      assertThat(stored(demo)).contains("Release notes: draft", ADAS_BODY);
      keepPicture(browser, "straight");
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void throughIfmatchBothChangesAreKept(Look look) throws Exception {
    try (Demo demo = DemoFixture.start();
        DemoBrowser browser = DemoBrowser.open(demo.page(), look)) {
      browser.choose("through");
      bothLoadAndGuidoSaves(browser);

      browser.type("ada", "body", ADAS_BODY);
      browser.save("ada", "Refused: 412 Precondition Failed");

      browser.awaitText(".outcome.conflict .code", "412");
      browser.awaitText(".outcome [data-field=title]", GUIDOS_TITLE);
      assertThat(browser.texts(".outcome [data-field=title] mark")).containsExactly("final");
      assertThat(browser.texts(".outcome [data-field=body]").get(0)).contains(ADAS_BODY);
      assertThat(stored(demo)).contains(GUIDOS_TITLE).doesNotContain(ADAS_BODY);
      keepPicture(browser, "through");

      browser.click("#merge");
      browser.awaitText("#ada .last", "Merged, not saved yet");
      assertThat(browser.value("ada", "title")).isEqualTo(GUIDOS_TITLE);
      assertThat(browser.value("ada", "body")).isEqualTo(ADAS_BODY);
      keepPicture(browser, "merged");

      browser.click("#save-again");
      browser.awaitText(".outcome.kept h2", "Both changes are kept");
      assertThat(stored(demo)).contains(GUIDOS_TITLE, ADAS_BODY);
      keepPicture(browser, "kept");
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }

  @Test
  void aSaveWithoutALoadIsToldWhatItLacks() throws Exception {
    try (Demo demo = DemoFixture.start();
        DemoBrowser browser = DemoBrowser.open(demo.page(), Look.DESKTOP)) {
      browser.choose("through");
      browser.type("ada", "body", ADAS_BODY);
      browser.save("ada", "Refused: 428");

      browser.awaitText(".outcome.conflict .code", "428");
      browser.awaitText(".outcome.conflict .detail", "If-Match");
      assertThat(stored(demo)).doesNotContain(ADAS_BODY);
      keepPicture(browser, "unloaded");

      browser.click("#merge");
      browser.save("ada", "Saved: 200 OK");
      assertThat(stored(demo)).contains("Release notes: draft", ADAS_BODY);
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }

  @Test
  void playsBothStoriesByItself() throws Exception {
    try (Demo demo = DemoFixture.start();
        DemoBrowser browser = DemoBrowser.open(demo.page(), Look.DESKTOP)) {
      browser.allowMotion();
      browser.click("#play");
      browser.awaitText(".outcome.lost h2", "Guido’s title is lost");
      assertThat(stored(demo)).contains("Release notes: draft", ADAS_BODY);
      browser.awaitText("#play", "Play it for me");

      browser.click(".outcome .primary");
      browser.awaitText(".outcome.kept h2", "Both changes are kept");
      assertThat(stored(demo)).contains(GUIDOS_TITLE, ADAS_BODY);
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }

  @Test
  void aPageFromTheBackendsOwnPortReachesIfmatchToo() throws Exception {
    try (Demo demo = DemoFixture.start();
        DemoBrowser browser = DemoBrowser.open(demo.backend(), Look.DESKTOP)) {
      browser.choose("through");
      bothLoadAndGuidoSaves(browser);

      assertThat(browser.texts(".exchange:last-child .telling"))
          .hasSize(2)
          .satisfiesExactly(
              sent -> assertThat(sent).startsWith("If-Match: \""),
              received -> assertThat(received).startsWith("ETag: \""));
      assertThat(browser.texts(".exchange .request p").get(0)).contains(demo.page().getAuthority());
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }

  @Test
  void copiesARequestAsACurlCommand() throws Exception {
    try (Demo demo = DemoFixture.start();
        DemoBrowser browser = DemoBrowser.open(demo.page(), Look.DESKTOP)) {
      browser.choose("through");
      browser.load("guido");
      browser.type("guido", "title", "Guido's notes");
      browser.save("guido", "Saved: 200 OK");

      assertThat(browser.copied(".exchange:last-child .quiet"))
          .startsWith("curl -i -X PUT '" + demo.page() + "api/documents/1' -H 'If-Match: \"")
          .endsWith(
              "-H 'Content-Type: application/json' -d '{\"title\":\"Guido'\\''s notes\","
                  + "\"body\":\"Imports keep their order.\",\"editor\":\"Guido\"}'");
    }
  }

  @Test
  void saysSoWhenNobodyAnswers() throws Exception {
    Demo demo = DemoFixture.start();
    try (demo;
        DemoBrowser browser = DemoBrowser.open(demo.page(), Look.DESKTOP)) {
      demo.close();
      browser.click("#guido .load");

      browser.awaitText(".outcome.failed h2", "No answer");
      browser.awaitText("#guido .last", "No answer");
      browser.awaitText(".exchange .answer", "No answer");
      keepPicture(browser, "failed");
    }
  }

  private static void bothLoadAndGuidoSaves(DemoBrowser browser) {
    browser.load("guido");
    browser.load("ada");
    browser.type("guido", "title", GUIDOS_TITLE);
    browser.save("guido", "Saved: 200 OK");
    browser.awaitText("#caption", "Ada still has the old version");
  }

  private static void keepPicture(DemoBrowser browser, String stage) throws IOException {
    assertThat(browser.scrollsSideways()).as("wider than the screen at " + stage).isFalse();
    browser.keepPicture(stage);
  }

  /** What the backend itself says, past the proxy and the page. */
  private static String stored(Demo demo) throws IOException, InterruptedException {
    HttpRequest read = HttpRequest.newBuilder(demo.backend().resolve("/api/documents/1")).build();
    return HttpClient.newHttpClient().send(read, BodyHandlers.ofString()).body();
  }
}
