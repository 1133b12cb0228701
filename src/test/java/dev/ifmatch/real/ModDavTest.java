package dev.ifmatch.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ifmatch.concurrency.ClientConnection;
import dev.ifmatch.concurrency.ProxyFixture;
import dev.ifmatch.concurrency.WireMessage;
import dev.ifmatch.concurrency.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Apache's mod_dav, an origin with strong entity-tags of its own, which it makes weak for the first
 * second after a change (another change could fall into the same instant).
 */
@Timeout(120)
class ModDavTest {
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
  private static final String FILE = "/note.txt";

  @TempDir static Path folder;
  private static Path note;
  private static int apachePort;
  private static ServerProcess apache;
  private static RecordingRelay relay;
  private static ProxyFixture proxy;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = ServerProcess.find("apache2");
    assumeTrue(
        program.isPresent() && Files.exists(MODULES.resolve("mod_dav_fs.so")),
        "skipped: needs Apache with mod_dav (Debian's apache2-bin)");
    apachePort = ServerProcess.freePort();
    Path configuration = folder.resolve("httpd.conf");
    Files.writeString(configuration, configuration(), UTF_8);
    // Apache gives up root's rights and writes as a user of its own
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String writable : List.of("documents", "state")) {
      Path made = Files.createDirectory(folder.resolve(writable));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    note = folder.resolve("documents").resolve("note.txt");
    List<String> command = List.of(program.get().toString(), "-X", "-f", configuration.toString());
    apache = ServerProcess.start(folder, apachePort, command);
    relay = RecordingRelay.to(apachePort);
    proxy = ProxyFixture.inFrontOf(relay.port());
  }

  private static String configuration() {
    boolean root = System.getProperty("user.name").equals("root");
    return """
    ServerRoot "%1$s"
    ServerName localhost
    Listen 127.0.0.1:%2$d
    PidFile "%1$s/pid"
    DefaultRuntimeDir "%1$s"
    ErrorLog "%1$s/error.log"
    LoadModule mpm_event_module %3$s/mod_mpm_event.so
    LoadModule authz_core_module %3$s/mod_authz_core.so
    LoadModule dav_module %3$s/mod_dav.so
    LoadModule dav_fs_module %3$s/mod_dav_fs.so
    %4$s
    DocumentRoot "%1$s/documents"
    DavLockDB "%1$s/state/locks"
    <Directory "%1$s/documents">
      Dav On
      Require all granted
    </Directory>
    """
        .formatted(folder, apachePort, MODULES, root ? "User www-data\nGroup www-data" : "");
  }

  @AfterAll
  static void stop() throws IOException {
    if (apache != null) {
      proxy.close();
      relay.close();
      apache.close();
    }
  }

  /** A file that was last changed long ago: Apache's tag of it is strong. */
  @BeforeEach
  void writeOldFile() throws IOException {
    Files.deleteIfExists(note);
    Files.writeString(note, "old text", UTF_8);
    Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.setLastModifiedTime(note, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    relay.forget();
  }

  @Test
  void itsStrongTagReachesTheClientUnchanged() throws IOException {
    String itsOwn = straight(WireRequest.get(FILE)).tag();

    assertThat(itsOwn).startsWith("\"");
    assertThat(ask(WireRequest.get(FILE)).tag()).isEqualTo(itsOwn);
  }

  @Test
  void theWriteThatGoesOnCarriesItsTag() throws IOException {
    String tag = ask(WireRequest.get(FILE)).tag();

    WireMessage saved = ask(WireRequest.put(FILE, "by Guido").ifMatch(tag));

    assertThat(saved.status()).isEqualTo(204);
    assertThat(relay.sent("PUT")).singleElement().asString().containsOnlyOnce("If-Match: " + tag);
    assertThat(note).hasContent("by Guido");
  }

  @Test
  void aStaleWriteIsRefused() throws IOException {
    String old = ask(WireRequest.get(FILE)).tag();
    WireMessage saved = ask(WireRequest.put(FILE, "by Guido").ifMatch(old));

    for (WireRequest late :
        List.of(
            WireRequest.put(FILE, "by Ada").ifMatch(old), WireRequest.delete(FILE).ifMatch(old))) {
      WireMessage refused = ask(late);
      assertThat(refused.status()).isEqualTo(412);
      assertThat(refused.field("Content-Type")).startsWith("application/problem+json");
      assertThat(refused.tag()).isEqualTo(saved.tag());
    }
    assertThat(note).hasContent("by Guido");
    assertThat(relay.sent("PUT")).hasSize(1);
    assertThat(relay.sent("DELETE")).isEmpty();
  }

  @Test
  void apacheItselfRefusesWhereSomebodyPassedTheProxyByAfterTheProbe() throws IOException {
    String tag = ask(WireRequest.get(FILE)).tag();
    relay.beforeNext("PUT", () -> write("past the proxy"));

    WireMessage refused = ask(WireRequest.put(FILE, "by Ada").ifMatch(tag));

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.field("Server")).startsWith("Apache");
    assertThat(refused.field("Content-Type")).startsWith("text/html");
    assertThat(note).hasContent("past the proxy");
    proxy.awaitNoLocks();
  }

  @Test
  void theTagOfAFreshWriteServesBeforeAndAfterApachesTurnsStrong() throws IOException {
    String first = ask(WireRequest.get(FILE)).tag();
    String second = ask(WireRequest.put(FILE, "second").ifMatch(first)).tag();
    assertThat(second).startsWith("\"");

    WireMessage atOnce = ask(WireRequest.put(FILE, "third").ifMatch(second));
    assertThat(atOnce.status()).isEqualTo(204);
    assertThat(ask(WireRequest.put(FILE, "stale").ifMatch(second)).status()).isEqualTo(412);

    await().atMost(10, SECONDS).until(() -> straight(WireRequest.get(FILE)).tag().startsWith("\""));
    assertThat(ask(WireRequest.put(FILE, "stale").ifMatch(second)).status()).isEqualTo(412);
    assertThat(ask(WireRequest.put(FILE, "fourth").ifMatch(atOnce.tag())).status()).isEqualTo(204);
    assertThat(note).hasContent("fourth");
  }

  @Test
  void aWriteMadeWhileApachesTagIsWeakIsGuardedByOurs() throws IOException {
    write("changed just now");
    String tag = ask(WireRequest.get(FILE)).tag();
    assertThat(tag).startsWith("\"");

    assertThat(ask(WireRequest.put(FILE, "by Guido").ifMatch(tag)).status()).isEqualTo(204);
    assertThat(ask(WireRequest.put(FILE, "by Ada").ifMatch(tag)).status()).isEqualTo(412);
    assertThat(note).hasContent("by Guido");
  }

  @Test
  void aFileIsCreatedOnceAndDeletedOnce() throws IOException {
    Files.delete(note);
    WireRequest create = WireRequest.put(FILE, "new").ifAbsent();

    WireMessage created = ask(create);
    assertThat(created.status()).isEqualTo(201);
    assertThat(relay.sent("PUT")).singleElement().asString().contains("If-None-Match: *");
    assertThat(ask(create).status()).isEqualTo(412);

    assertThat(ask(WireRequest.delete(FILE).ifMatch(created.tag())).status()).isEqualTo(204);
    assertThat(note).doesNotExist();
    assertThat(ask(WireRequest.delete(FILE).ifMatch(created.tag())).status()).isEqualTo(404);
  }

  @Test
  void oneOfThirtyWritersWins() throws IOException {
    List<ClientConnection> writers = ClientConnection.several(30, proxy.port());
    for (int round = 0; round < 50; round++) {
      relay.forget();
      String tag = ask(WireRequest.get(FILE)).tag();
      String text = "round " + round + ", by writer ";

      List<WireMessage> answers =
          ClientConnection.askAll(writers, i -> WireRequest.put(FILE, text + i).ifMatch(tag));

      assertThat(answers).filteredOn(WireMessage::isSuccess).hasSize(1);
      assertThat(answers).filteredOn(a -> a.status() == 412).hasSize(writers.size() - 1);
      assertThat(relay.sent("PUT")).hasSize(1);
    }
    ClientConnection.closeAll(writers);
  }

  private static WireMessage ask(WireRequest request) throws IOException {
    try (ClientConnection client = ClientConnection.to(proxy.port())) {
      return client.ask(request);
    }
  }

  private static WireMessage straight(WireRequest request) throws IOException {
    try (ClientConnection client = ClientConnection.to(apachePort)) {
      return client.ask(request);
    }
  }

  private static void write(String text) {
    try {
      Files.writeString(note, text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
