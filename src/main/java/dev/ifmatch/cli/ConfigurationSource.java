package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.InvalidConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The file that a configuration is read from, again and again, and the files that it names. Tells
 * when one of them has changed, by what they hold: neither a touched file nor another link to the
 * same text is a change. Thread-safe.
 */
final class ConfigurationSource {
  /** What is beyond is no configuration, and no salt either. */
  private static final int MOST_BYTES = 2 << 20;

  private final Path file;
  private final Reader reader;

  /** A digest of what each file held just before it was read last. */
  private Map<Path, String> read = Map.of();

  /** The same as it was when it was looked for changes last. */
  private Map<Path, String> seen = Map.of();

  /** Reads a file, over which options win. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads it.
     *
     * @param onFile is told of each file that is read, before that is done
     * @throws IOException if it cannot be read; the message says why
     */
    Configuration read(Path file, Consumer<Path> onFile) throws IOException, InvalidConfiguration;
  }

  /** A file that was not read yet. */
  ConfigurationSource(Path file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** The file, as it was named. */
  Path file() {
    return file;
  }

  /**
   * Reads it.
   *
   * @throws InvalidConfiguration if it cannot be used
   */
  synchronized Configuration read() throws InvalidConfiguration {
    Map<Path, String> contents = new LinkedHashMap<>();
    try {
      return reader.read(file, name -> contents.computeIfAbsent(name, ConfigurationSource::digest));
    } catch (IOException e) {
      throw InvalidConfiguration.unreadable(file, e);
    } finally {
      read = contents;
      seen = contents;
    }
  }

  /**
   * Whether it is worth reading again: it is not what it was when it was read, and it is what it
   * was when this was asked before. Who writes it bit by bit is given the time to finish.
   */
  synchronized boolean hasChanged() {
    Map<Path, String> now = new LinkedHashMap<>();
    read.keySet().forEach(name -> now.put(name, digest(name)));
    boolean rests = now.equals(seen);
    seen = now;
    return rests && !now.equals(read);
  }

  private static String digest(Path name) {
    if (!Files.isRegularFile(name)) {
      return "none or a pipe"; // which could be read only once: --config <(make-configuration)
    }
    try (InputStream in = Files.newInputStream(name)) {
      byte[] content = in.readNBytes(MOST_BYTES);
      return Arrays.toString(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException e) {
      return e.toString(); // that it cannot be read is all there is to know of it
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
