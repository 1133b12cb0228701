package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.config.InvalidConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file that was read is worth reading again. */
class ConfigurationSourceTest {
  @TempDir Path folder;
  private Path file;
  private ConfigurationSource source;

  @BeforeEach
  void read() throws Exception {
    file = Files.writeString(folder.resolve("ifmatch.yaml"), "limits: {drain: 1s}");
    source = source(file);
    source.read();
  }

  private static ConfigurationSource source(Path file) {
    return new ConfigurationSource(
        file,
        (name, onFile) -> ConfigurationFile.read(name, Map.of(), UnaryOperator.identity(), onFile));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  /** It must be seen twice. */
  private void assertChanged() {
    assertThat(source.hasChanged()).as("at the first look").isFalse();
    assertThat(source.hasChanged()).as("at the second look").isTrue();
  }

  private void assertUnchanged() {
    assertThat(source.hasChanged()).isFalse();
    assertThat(source.hasChanged()).isFalse();
  }

  @Test
  void notWhileItIsWhatItWas() throws IOException {
    assertUnchanged();
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertUnchanged();
    write("limits: {drain: 1s}");
    assertUnchanged();
  }

  @Test
  void onceItIsAnotherAndRests() throws Exception {
    write("limits: {drain: 2s}");
    assertChanged();
    source.read();
    assertUnchanged();
  }

  @Test
  void notWhileItIsBeingWritten() throws IOException {
    write("");
    assertThat(source.hasChanged()).isFalse();
    write("limits: {dr");
    assertThat(source.hasChanged()).isFalse();
    write("limits: {drain: 2s}");
    assertChanged();
  }

  @Test
  void notWhereItIsAgainWhatItWas() throws IOException {
    write("");
    assertThat(source.hasChanged()).isFalse();
    write("limits: {drain: 1s}");
    assertUnchanged();
  }

  /** As Kubernetes does with a volume: the link leads to another folder all of a sudden. */
  @Test
  void whereALinkLeadsToAnother() throws Exception {
    Path first = Files.createDirectory(folder.resolve("1"));
    Path second = Files.createDirectory(folder.resolve("2"));
    Path data = folder.resolve("data");
    Files.writeString(first.resolve("a.yaml"), "limits: {drain: 1s}");
    Files.writeString(second.resolve("a.yaml"), "limits: {drain: 2s}");
    Files.createSymbolicLink(data, first);
    source = source(data.resolve("a.yaml"));
    source.read();
    assertUnchanged();
    Files.move(
        Files.createSymbolicLink(folder.resolve("new"), second),
        data,
        StandardCopyOption.ATOMIC_MOVE);
    assertChanged();
    assertThat(source.read().limits().drain()).hasSeconds(2);
  }

  @Test
  void whereAFileThatItNamesHasChanged() throws Exception {
    Path salt = Files.writeString(folder.resolve("salt"), "pepper");
    write("policy: {tag: {salt-file: salt}}");
    source.read();
    assertUnchanged();
    Files.writeString(salt, "cayenne");
    assertChanged();
    source.read();
    assertUnchanged();
  }

  @Test
  void whereAFileThatWasMissingIsThere() throws Exception {
    write("policy: {tag: {salt-file: salt}}");
    assertThatExceptionOfType(InvalidConfiguration.class).isThrownBy(source::read);
    assertUnchanged();
    Files.writeString(folder.resolve("salt"), "pepper");
    assertChanged();
    assertThat(source.read().policy().tag().salt()).isPresent();
  }

  /** A shell's {@code --config <(make-configuration)} can be read only once. */
  @Test
  void neverWhereItIsAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.writeString(pipe, "limits: {drain: 2s}");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();
    source = source(pipe);
    assertThat(source.read().limits().drain()).hasSeconds(2);
    writer.join();
    assertUnchanged();
  }

  @Test
  void whereItWasTakenAwayAndComesBack() throws Exception {
    Files.delete(file);
    assertChanged();
    assertThatExceptionOfType(InvalidConfiguration.class).isThrownBy(source::read);
    assertUnchanged();
    write("limits: {drain: 1s}");
    assertChanged();
  }
}
