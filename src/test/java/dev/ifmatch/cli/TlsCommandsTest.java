package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ifmatch.transport.tls.Identity;
import dev.ifmatch.transport.tls.Pki;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of certificates. */
class TlsCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... arguments) {
    PrintWriter errors = new PrintWriter(err, true);
    return Main.run(arguments, Map.of(), new PrintWriter(out, true), errors);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("ifmatch.yaml"), yaml).toString();
  }

  @Test
  void aCertificateThatCannotBeReadKeepsItFromStarting() {
    Identity identity = Pki.write(folder, Pki.issued("CN=proxy"));
    String certificate = identity.certificate().orElseThrow().toString();
    String missing = folder.resolve("no.key").toString();
    String[] words = {"http://127.0.0.1:1", "--tls-certificate", certificate, "--tls-key", missing};
    assertThat(run(words)).isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err).hasToString("ifmatch: tls.key: %s: there is no such file%n".formatted(missing));
  }

  @Test
  void aKeyAloneIsNotEnough() {
    assertThat(run("http://127.0.0.1:1", "--tls-key", "x.key"))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err.toString()).contains("tls.certificate is missing");
  }

  @Test
  void soIsAnAuthorityThatCannotBeReadForAnOrigin() {
    assertThat(run("https://127.0.0.1:1", "--origin-tls-ca", "/no/such.crt"))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err.toString()).contains("origin-tls.ca: /no/such.crt: there is no such file");
  }

  @Test
  void checkReadsTheFiles() throws IOException {
    Pki.write(folder, Pki.issued("CN=proxy"));
    String file = file("tls: {certificate: tls.crt, key: tls.key}"); // beside this file
    assertThat(run("check", file)).isEqualTo(ExitCode.OK);
    Pki.write(folder.resolve("tls.key"), Pki.issued("CN=other").getPrivateKeyPEM());
    assertThat(run("check", file)).isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err.toString()).contains("does not belong to the first certificate");
  }

  @Test
  void checkWarns() throws IOException {
    Pki.write(folder, Pki.expired("CN=proxy"));
    String file =
        file(
            """
            tls: {certificate: tls.crt, key: tls.key}
            origin-tls: {insecure-origin: true}
            """);
    assertThat(run("check", file)).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("warning: tls.certificate expired on 2")
        .contains("warning: insecure-origin:");
    assertThat(run("check", file, "--strict")).isEqualTo(ExitCode.INVALID_CONFIGURATION);
  }

  @Test
  void checkWarnsOfCertificatesThatEndSoon() throws IOException {
    Pki.write(folder, Pki.ending("CN=soon", 10));
    String identity = "{certificate: tls.crt, key: tls.key}";
    String file = file("tls: %s%norigin-tls: %s%n".formatted(identity, identity));
    assertThat(run("check", file)).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains(
            "warning: tls.certificate: the one in " + folder.resolve("tls.crt") + " ends on 2")
        .contains("warning: origin-tls.certificate: the one in ");
  }

  @Test
  void clientsCannotBeAskedWithoutAnAuthority() throws IOException {
    Pki.write(folder, Pki.issued("CN=proxy"));
    String file = file("tls: {certificate: tls.crt, key: tls.key, client-auth: require}");
    assertThat(run("check", file)).isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err.toString()).contains("tls.client-ca is missing");
    assertThat(run("check", file("tls: {client-auth: require}")))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err.toString()).contains("tls.certificate is missing");
  }

  @Test
  void theDoctorTrustsWhomItIsTold() throws IOException {
    HttpsServer backend =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setHttpsConfigurator(
        new HttpsConfigurator(Pki.peer(Pki.CA, Optional.of(Pki.issued("CN=backend")))));
    backend.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange
              .getResponseBody()
              .write("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.close();
        });
    backend.start();
    try {
      String url = "https://localhost:" + backend.getAddress().getPort();
      String authorities = Pki.writeCa(folder, Pki.CA).toString();
      String[] pause = {"doctor", url, "/a", "--reads", "2", "--pause", "1ms"};
      assertThat(run(pause)).isEqualTo(ExitCode.FAILURE);
      assertThat(out.toString()).contains("--origin-tls-ca");
      assertThat(run(with(pause, "--origin-tls-ca", authorities))).isEqualTo(ExitCode.OK);
      assertThat(run(with(pause, "--insecure-origin"))).isEqualTo(ExitCode.OK);
    } finally {
      backend.stop(0);
    }
  }

  private static String[] with(String[] words, String... more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
