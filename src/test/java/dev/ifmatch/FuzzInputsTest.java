package dev.ifmatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The inputs that {@code src/bench/fuzz} starts from, and those on which it found something: what
 * is claimed of every input holds for each of them. A folder is named after the class that claims.
 */
class FuzzInputsTest {
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path INPUTS = Path.of("src/test/resources/fuzz");

  @TestFactory
  List<DynamicContainer> everyInput() throws IOException, ReflectiveOperationException {
    List<DynamicContainer> targets = new ArrayList<>();
    for (Path folder : listed(INPUTS)) {
      String name = String.valueOf(folder.getFileName());
      Method target = Class.forName(name).getMethod("fuzzerTestOneInput", byte[].class);
      List<DynamicTest> tests = new ArrayList<>();
      for (Path input : listed(folder)) {
        String label = String.valueOf(input.getFileName());
        tests.add(DynamicTest.dynamicTest(label, () -> run(target, Files.readAllBytes(input))));
      }
      targets.add(DynamicContainer.dynamicContainer(name, tests));
    }
    return targets;
  }

  private static void run(Method target, byte[] input) throws Throwable {
    try {
      target.invoke(null, (Object) input);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  @Test
  void everyClassThatClaimsHasInputs() throws IOException {
    List<String> classes;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      classes =
          files
              .map(file -> SOURCES.relativize(file).toString().replace('/', '.'))
              .filter(name -> name.endsWith("Fuzz.java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .sorted()
              .toList();
    }
    assertThat(listed(INPUTS)).extracting(folder -> folder.getFileName() + "").isEqualTo(classes);
    for (Path folder : listed(INPUTS)) {
      assertThat(listed(folder)).as(folder.toString()).isNotEmpty();
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
