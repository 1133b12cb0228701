package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However large a body is and whatever is in it, the memory that it takes is bounded. */
class JsonMemoryTest {
  private static final int LIMIT = 100_000;
  private static final long MOST = (long) LIMIT * JsonDocument.MOST_BYTES_PER_BYTE;

  /** Beginnings and pieces that make for much structure in few bytes. */
  static List<List<String>> bodies() {
    return List.of(
        List.of("[", "[],"),
        List.of("[", "{},"),
        List.of("[", "1,"),
        List.of("[", "[".repeat(400) + "]".repeat(400) + ","),
        List.of("[", "{\"\":{\"\":{\"\":{}}}},"),
        List.of("[", "\"\\n\","),
        List.of("[", "{\"a\":1,\"b\":1,\"c\":1},"),
        List.of("{", "\"%x\":1,"),
        List.of("{\"", "\\u0000"),
        List.of("", "1"),
        List.of("\"", "x"),
        List.of("", " "));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isBoundedWhileABodyIsRead(List<String> body) {
    JsonForm form = new JsonForm(Recipes.json(LIMIT), Recorder::new);
    form.update(ByteBuffer.wrap(body.get(0).getBytes(UTF_8)));
    int sent = body.get(0).length();
    for (int i = 0; sent < LIMIT; i++) {
      byte[] piece = body.get(1).formatted(i).getBytes(UTF_8);
      if (sent + piece.length > LIMIT) {
        break;
      }
      form.update(ByteBuffer.wrap(piece));
      form.advance(piece.length);
      sent += piece.length;
      if (i % 1000 == 0) {
        assertThat(arrayBytes(form)).isLessThan(MOST);
      }
    }

    assertThat(form.fallback()).isEmpty();
    assertThat(arrayBytes(form)).isLessThan(MOST);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isBoundedWhileABodyThatCameAtOnceIsRead(List<String> body) {
    StringBuilder whole = new StringBuilder(body.get(0));
    for (int i = 0; whole.length() < LIMIT - 1000; i++) {
      whole.append(body.get(1).formatted(i));
    }
    JsonForm form = new JsonForm(Recipes.json(LIMIT), Recorder::new);
    form.update(ByteBuffer.wrap(whole.toString().getBytes(UTF_8)));
    for (int i = 0; !form.finish(1000); i++) {
      if (i % 10 == 0) {
        assertThat(arrayBytes(form)).isLessThan(MOST);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          [0     | ,1                     | ]
          {"":0  | ,"%x":{"a":[],"b":{}}  | }
          "      | \\u0000x              | "
          {"     | \\u0000x              | ":1}
          [0     | ,{"a":1,"%x":1}        | x
          """)
  void littleOfItIsKeptForTheNextBody(String start, String piece, String end) {
    int size = 20 * JsonDocument.KEPT_BYTES;
    StringBuilder whole = new StringBuilder(start);
    for (int i = 0; whole.length() < size; i++) {
      whole.append(piece.formatted(i));
    }
    JsonForm form = new JsonForm(Recipes.json(2 * size), Recorder::new);
    form.update(ByteBuffer.wrap(whole.append(end).toString().getBytes(UTF_8)));
    boolean finished = false;
    while (!finished) {
      finished = form.finish(size);
    }

    assertThat(form.fallback().isPresent()).isEqualTo(end.equals("x"));
    assertThat(arrayBytes(JsonScratch.take(0))).isLessThan(5L * JsonDocument.KEPT_BYTES);
  }

  @Test
  void isGivenBackOnceTheBytesAreHashed() {
    for (String end : List.of("\0", "x".repeat(LIMIT))) {
      JsonForm form =
          new JsonForm(Recipes.json(LIMIT), () -> HashAlgorithm.MD5.newHash(Optional.empty()));
      form.update(ByteBuffer.wrap(("\"" + "x".repeat(LIMIT / 2)).getBytes(UTF_8)));
      assertThat(arrayBytes(form)).isGreaterThan(LIMIT / 2);
      form.update(ByteBuffer.wrap(end.getBytes(UTF_8)));
      while (form.fallback().isEmpty()) {
        form.advance(1000);
      }
      form.advance(LIMIT);

      assertThat(form.fallback()).isPresent();
      assertThat(arrayBytes(form)).isLessThan(2_000);
    }
  }

  /** The size of all arrays that can be reached within the package. */
  private static long arrayBytes(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    long bytes = 0;
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object.getClass().isArray()) {
        bytes += bytes(object, open);
      } else if (object instanceof Optional<?> optional) {
        optional.ifPresent(open::push);
      } else if (object.getClass().getPackage() == JsonForm.class.getPackage()
          && !(object instanceof Recorder)) {
        fields(object, open);
      }
    }
    return bytes;
  }

  private static long bytes(Object array, Deque<Object> open) {
    if (array instanceof Object[] objects) {
      for (Object object : objects) {
        if (object != null) {
          open.push(object);
        }
      }
    }
    int width = array instanceof byte[] ? 1 : array instanceof int[] ? Integer.BYTES : Long.BYTES;
    return (long) width * Array.getLength(array);
  }

  private static void fields(Object object, Deque<Object> open) {
    for (Field field : object.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
        continue;
      }
      try {
        field.setAccessible(true);
        if (field.get(object) != null) {
          open.push(field.get(object));
        }
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
  }
}
