package dev.ifmatch.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small files of text. */
final class TextFile {
  private TextFile() {}

  /**
   * Reads a file in UTF-8.
   *
   * @param most the largest size, in bytes
   * @throws IOException if it cannot be read, is larger, or is no text; the message says why
   */
  static String read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("it is larger than " + Quantities.text(most));
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("access is denied", e);
    } catch (CharacterCodingException e) {
      throw new IOException("it is not a text in UTF-8", e);
    }
  }
}
