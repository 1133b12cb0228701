package dev.ifmatch.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ifmatch.transport.tls.CurrentContext.Made;
import dev.ifmatch.transport.tls.CurrentContext.Told;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are in use. */
class CurrentContextTest {
  private static final X509Bundle FIRST = Pki.issued("CN=first");
  private static final X509Bundle SECOND = Pki.issued("CN=second");

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();
  private CurrentContext current;

  @TempDir Path folder;

  @BeforeEach
  void open() throws InvalidTls {
    write(FIRST, FIRST);
    Identity identity = new Identity(Optional.of(file()), Optional.empty(), Optional.empty());
    current = CurrentContext.open(new Maker(identity, looks), Duration.ofMillis(2), new Notes());
  }

  private Path file() {
    return folder.resolve("tls.pem");
  }

  /** Both in one file, so that no look sees one of them only. */
  private void write(X509Bundle certificate, X509Bundle key) {
    Pki.write(file(), certificate.getCertificatePEM() + key.getPrivateKeyPEM());
  }

  @AfterEach
  void close() {
    current.close();
  }

  private void awaitTold(String... words) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(
            () -> {
              assertThat(told).hasSameSizeAs(words);
              for (int i = 0; i < words.length; i++) {
                assertThat(told.get(i)).contains(words[i]);
              }
            });
  }

  /** Returns when the files, as they are now, were looked at more than once. */
  private void awaitLooks() {
    int before = looks.get();
    await().pollInterval(Duration.ofMillis(2)).until(() -> looks.get() > before + 3);
  }

  @Test
  void newOnesAreUsed() {
    SslContext before = context();
    write(SECOND, SECOND);
    awaitTold("new: CN=second");
    assertThat(context()).isNotSameAs(before);
  }

  private SslContext context() {
    SslContext[] seen = new SslContext[1];
    current.newHandler(
        context -> {
          seen[0] = context;
          return null;
        });
    return seen[0];
  }

  @Test
  void badOnesAreToldOnceAndNotUsed() {
    SslContext before = context();
    Pki.write(file(), "not a certificate");
    awaitTold("bad: tls.certificate");
    awaitLooks();
    awaitTold("bad: tls.certificate");
    assertThat(context()).isSameAs(before);
    write(FIRST, FIRST);
    awaitLooks();
    awaitTold("bad: tls.certificate");
    assertThat(context()).isSameAs(before);
  }

  @Test
  void eachBadOneIsTold() throws Exception {
    write(FIRST, SECOND);
    awaitTold("does not belong");
    Files.delete(file());
    awaitTold("does not belong", "no such file");
    X509Bundle old = Pki.expired("CN=old");
    write(old, old);
    awaitTold("does not belong", "no such file", "expired on");
    write(SECOND, SECOND);
    awaitTold("does not belong", "no such file", "expired on", "new: CN=second");
  }

  /** As a volume of Kubernetes changes: the files' names lead through a link that is swapped. */
  @Test
  void aSwappedLinkIsSeen() throws Exception {
    Path renewed = Files.createDirectory(folder.resolve("..2"));
    Files.move(file(), Files.createDirectory(folder.resolve("..1")).resolve("tls.pem"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(file(), Path.of("..data", "tls.pem"));
    String second = SECOND.getCertificatePEM() + SECOND.getPrivateKeyPEM();
    Pki.write(renewed.resolve("tls.pem"), second);
    Path swap = Files.createSymbolicLink(folder.resolve("..swap"), Path.of("..2"));
    Files.move(swap, data, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    await()
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(told).last().asString().contains("new: CN=second"));
  }

  @Test
  void oneThatEndsSoonIsToldOfWhenItIsTakenIntoUse() {
    X509Bundle soon = Pki.ending("CN=soon", 10);
    write(soon, soon);
    awaitTold("new: CN=soon", "ends: tls.certificate: the one in " + file() + " ends on ");
    awaitLooks();
    assertThat(told).as("once a day, not at each look").hasSize(2);
  }

  @Test
  void oneThatEndsSoonIsToldOfAtTheStartAndAgain() throws InvalidTls {
    X509Bundle soon = Pki.ending("CN=soon", 10);
    Path other = folder.resolve("soon.pem");
    Pki.write(other, soon.getCertificatePEM() + soon.getPrivateKeyPEM());
    Identity identity = new Identity(Optional.of(other), Optional.empty(), Optional.empty());
    Duration never = Duration.ofDays(1);
    Maker maker = new Maker(identity, looks);
    try (CurrentContext ending =
        CurrentContext.open(maker, never, Duration.ofMillis(2), new Notes())) {
      assertThat(ending).isNotNull();
      await()
          .pollInterval(Duration.ofMillis(2))
          .untilAsserted(() -> assertThat(told).hasSizeGreaterThan(2));
      assertThat(told).allMatch(words -> words.startsWith("ends: tls.certificate"));
    }
  }

  private final class Notes implements Told {
    @Override
    public void onChanged(String about) {
      told.add("new: " + about);
    }

    @Override
    public void onRejected(String why) {
      told.add("bad: " + why);
    }

    @Override
    public void onEnding(String why) {
      told.add("ends: " + why);
    }
  }

  private record Maker(Identity identity, AtomicInteger looks) implements CurrentContext.Maker {
    @Override
    public Set<Path> files() {
      looks.incrementAndGet();
      return identity.files();
    }

    @Override
    public Made make(TlsFiles files) throws InvalidTls {
      Credentials own = Credentials.read("tls.", identity, files);
      Optional<Validity> validity = identity.certificate().map(file -> own.validity("tls.", file));
      try {
        SslContext context = SslContextBuilder.forServer(own.key(), own.chain()).build();
        return new Made(context, own.about(), validity);
      } catch (SSLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
