package dev.ifmatch.config;

import dev.ifmatch.representation.Salt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code salt-file}: a file with a secret in it; a line break at its end does not count. */
final class SaltFile implements Kind<Optional<Salt>> {
  private static final int MOST_BYTES = 64 << 10;
  private static final Scalar<Path> NAME =
      Scalar.text("FILE", "the name of a file", Path::of, Path::toString);

  @Override
  public Optional<Salt> read(Value value, Optional<Salt> otherwise) {
    return NAME.read(value).flatMap(name -> salt(value, name)).or(() -> otherwise);
  }

  private static Optional<Salt> salt(Value value, Path name) {
    try {
      String text = TextFile.read(value.file(name), MOST_BYTES);
      return Optional.of(new Salt(text.replaceFirst("\\r?\\n$", "")));
    } catch (IOException | IllegalArgumentException e) {
      value.problem("the salt cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Map<String, Object> schema(Optional<Salt> otherwise, boolean defaults) {
    return NAME.schema();
  }
}
