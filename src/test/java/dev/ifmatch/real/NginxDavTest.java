package dev.ifmatch.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ifmatch.concurrency.ClientConnection;
import dev.ifmatch.concurrency.ProxyFixture;
import dev.ifmatch.concurrency.WireMessage;
import dev.ifmatch.concurrency.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** nginx, whose tags are strong, but weak wherever it compresses. */
@Timeout(60)
class NginxDavTest {
  private static final String FILE = "/note.txt";
  private static final String TEXT = "old text, long enough to be compressed. ".repeat(50);
  private static final WireRequest GZIPPED = WireRequest.get(FILE).with("Accept-Encoding: gzip");

  @TempDir static Path folder;
  private static int nginxPort;
  private static ServerProcess nginx;
  private static ProxyFixture proxy;
  private Path note;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = ServerProcess.find("nginx");
    assumeTrue(program.isPresent(), "skipped: needs nginx (Debian's nginx-light)");
    nginxPort = ServerProcess.freePort();
    Files.createDirectory(folder.resolve("documents"));
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        master_process off;
        pid %1$s/pid;
        error_log %1$s/error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          gzip on;
          gzip_types text/plain;
          gzip_proxied any;
          default_type text/plain;
          server {
            listen 127.0.0.1:%2$d;
            root %1$s/documents;
            dav_methods PUT DELETE;
          }
        }
        """
            .formatted(folder, nginxPort),
        UTF_8);
    nginx =
        ServerProcess.start(
            folder,
            nginxPort,
            List.of(
                program.get().toString(), "-p", folder.toString(), "-c", configuration.toString()));
    proxy = ProxyFixture.inFrontOf(nginxPort);
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      proxy.close();
      nginx.close();
    }
  }

  @BeforeEach
  void writeFile() throws IOException {
    note = folder.resolve("documents").resolve("note.txt");
    Files.writeString(note, TEXT, UTF_8);
  }

  @Test
  void itsStrongTagReachesTheClientUnchanged() throws IOException {
    String itsOwn = ask(nginxPort, WireRequest.get(FILE)).tag();

    assertThat(itsOwn).startsWith("\"");
    assertThat(ask(proxy.port(), WireRequest.get(FILE)).tag()).isEqualTo(itsOwn);
  }

  @Test
  void aClientThatReadsGzipCanWrite() throws IOException {
    assertThat(ask(nginxPort, GZIPPED).tag()).as("of no use in If-Match").startsWith("W/");

    WireMessage read = ask(proxy.port(), GZIPPED);
    assertThat(read.field("Content-Encoding")).isEqualTo("gzip");
    assertThat(plain(read)).isEqualTo(TEXT);
    assertThat(read.tag()).startsWith("\"").endsWith("-gzip\"");

    WireMessage saved = ask(proxy.port(), WireRequest.put(FILE, "by Guido").ifMatch(read.tag()));
    assertThat(saved.status()).isEqualTo(204);
    WireMessage late = ask(proxy.port(), WireRequest.put(FILE, "by Ada").ifMatch(read.tag()));
    assertThat(late.status()).isEqualTo(412);
    assertThat(note).hasContent("by Guido");
  }

  @Test
  void aCacheOfGzipIsConfirmed() throws IOException {
    WireMessage read = ask(proxy.port(), GZIPPED);

    WireMessage again = ask(proxy.port(), GZIPPED.with("If-None-Match: " + read.tag()));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.tag()).isEqualTo(read.tag());
  }

  private static WireMessage ask(int port, WireRequest request) throws IOException {
    try (ClientConnection client = ClientConnection.to(port)) {
      return client.ask(request);
    }
  }

  private static String plain(WireMessage message) throws IOException {
    byte[] coded = message.body().getBytes(ISO_8859_1);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
