package dev.ifmatch.transport.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What some files held when they were read, all at one time. Not kept, since keys are among them.
 */
final class TlsFiles {
  private static final int MOST_BYTES = 1 << 20;

  private final Map<Path, byte[]> contents = new HashMap<>();
  private final Map<Path, String> unreadable = new HashMap<>();
  private final String fingerprint;

  private TlsFiles(Set<Path> files) {
    MessageDigest digest = sha256();
    for (Path file : new TreeSet<>(files)) {
      byte[] bytes = read(file);
      digest.update("%s %d\n".formatted(file, bytes.length).getBytes(UTF_8));
      digest.update(bytes);
    }
    fingerprint = HexFormat.of().formatHex(digest.digest());
  }

  /** Reads files; what cannot be read is told by {@link #of} only. */
  static TlsFiles read(Set<Path> files) {
    return new TlsFiles(files);
  }

  /** The same for the same contents, whenever and through whichever links they were read. */
  String fingerprint() {
    return fingerprint;
  }

  /**
   * What a file holds.
   *
   * @param key the key of the configuration that names it
   * @throws InvalidTls if it could not be read
   */
  byte[] of(String key, Path file) throws InvalidTls {
    if (unreadable.containsKey(file)) {
      throw new InvalidTls("%s: %s: %s".formatted(key, file, unreadable.get(file)));
    }
    return contents.get(file);
  }

  private byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than 1MiB");
      }
      contents.put(file, bytes);
      return bytes;
    } catch (IOException e) {
      unreadable.put(file, why(e));
      return unreadable.get(file).getBytes(UTF_8);
    }
  }

  private static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read by this user";
    }
    return String.valueOf(e.getMessage());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
