package dev.ifmatch.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Makes a tree of a YAML document, without objects of the document's choosing. JSON is YAML too.
 *
 * <p>Plain words are resolved as in JSON: {@code off} is a word, {@code <<} a key like any other.
 */
final class YamlDocument {
  private static final int MOST_DEPTH = 32;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new JsonSchema()).setAllowNonScalarKeys(true).build();

  private YamlDocument() {}

  /** The root of the one document in a text; empty where there is none, which is told. */
  static Optional<Node> compose(String text, Problems problems) {
    try {
      if (!isOneDocument(text, problems)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        problems.add("", 0, 0, "it says nothing; write at least origin: http://localhost:3000");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      problems.addSyntax(e.getProblemMark().or(e::getContextMark), words(e));
    } catch (ReaderException e) {
      String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
      int line = (int) (before + ".").lines().count();
      int column = before.length() - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
      problems.add(
          "", line, column, "a control character stands here; write it as \\x.. in quotes");
    } catch (YamlEngineException e) {
      problems.add("", 0, 0, "it is not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** Looks the document over before it is made a tree, which goes as deep as the document does. */
  private static boolean isOneDocument(String text, Problems problems) {
    int depth = 0;
    int documents = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      switch (event.getEventId()) {
        case DocumentStart -> documents++;
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (documents > 1 || depth > MOST_DEPTH) {
        String what =
            documents > 1
                ? "a second document starts here; one file is one configuration"
                : "more than %d levels deep".formatted(MOST_DEPTH);
        problems.add("", event.getStartMark(), what);
        return false;
      }
    }
    return true;
  }

  private static String words(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    if (problem.contains("(TAB)")) {
      return "a tab stands here; indent with spaces";
    }
    if (problem.endsWith("but got {")) {
      return "between { } and [ ], a value with braces must stand in quotes: \"/orders/{id}\"";
    }
    return "this is not valid YAML: " + problem;
  }
}
