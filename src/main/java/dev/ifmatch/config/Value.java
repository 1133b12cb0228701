package dev.ifmatch.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a file: what it is, where it stands, and where to tell what is wrong with it. */
final class Value {
  /** What YAML makes of values by itself; {@code ENV_TAG} of <code>${NAME}</code>. */
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.ENV_TAG, Tag.SEQ, Tag.MAP);

  private final Node node;
  private final String path;
  private final Reading reading;

  /**
   * What the values of one file share.
   *
   * @param file the file
   * @param interpolation what its variables stand for
   * @param problems what is wrong with it
   * @param onFile is told of each other file that it names
   */
  record Reading(
      Path file, Interpolation interpolation, Problems problems, Consumer<Path> onFile) {}

  Value(Node node, String path, Reading reading) {
    this.node = node;
    this.path = path;
    this.reading = reading;
  }

  /** The same, of which what is wrong is told to nobody. */
  Value quietly() {
    Problems unheard = new Problems(List.of());
    return new Value(
        node,
        path,
        new Reading(reading.file(), reading.interpolation(), unheard, reading.onFile()));
  }

  /** Tells what is wrong with it. */
  void problem(String message) {
    reading.problems().add(path, node.getStartMark(), message);
  }

  /**
   * Tells that its text cannot be used.
   *
   * @param why in words that may quote it, which nobody must see where it comes from outside
   * @param wanted what could be used
   */
  void reject(String why, String wanted) {
    problem(
        raw()
            .filter(Interpolation::isForeign)
            .map(raw -> "'%s', with its variables filled in, is not %s".formatted(raw, wanted))
            .orElse(why));
  }

  /** Tells that it is not what it should be. */
  void mismatch(String wanted) {
    String is =
        isEmpty()
            ? "there is no value"
            : node instanceof MappingNode
                ? "this is a mapping"
                : node instanceof SequenceNode ? "this is a list" : "this is a single value";
    problem("%s; %s is needed here".formatted(is, wanted));
  }

  /** Shows no line of it: it is a secret. */
  void hide() {
    int last = node.getEndMark().map(Mark::getLine).orElse(0) + 1;
    reading.problems().hide(line(), last);
  }

  /** The line that it stands on, counted from 1. */
  int line() {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** Whether there is nothing behind its key. */
  boolean isEmpty() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Whether it has no parts. */
  boolean isScalar() {
    return node instanceof ScalarNode && !isEmpty();
  }

  /** Where a file is that the configuration names: seen from the configuration's own folder. */
  Path file(Path name) {
    Path file = place(name);
    reading.onFile().accept(file);
    return file;
  }

  /** The same, where the configuration does not depend on what the file holds. */
  Path place(Path name) {
    return reading.file().resolveSibling(name);
  }

  /** Its text as it stands in the file; empty where it is not a single value. */
  Optional<String> raw() {
    return node instanceof ScalarNode scalar && !isEmpty()
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Its text with the variables filled in; what is wrong with it is told. */
  Optional<String> text(String wanted) {
    Optional<String> raw = raw();
    if (raw.isEmpty()) {
      mismatch(wanted);
      return Optional.empty();
    }
    if (!isPlain()) {
      return Optional.empty();
    }
    try {
      return raw.map(reading.interpolation()::expand);
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
      return Optional.empty();
    }
  }

  /** The members of a list; empty where it is none, which is told. */
  Optional<List<Value>> items() {
    if (!(node instanceof SequenceNode sequence)) {
      mismatch("a list");
      return Optional.empty();
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Value(item, "%s[%d]".formatted(path, items.size()), reading));
    }
    return isPlain() ? Optional.of(items) : Optional.empty();
  }

  /** A key and its value. */
  record Entry(Value key, Value value) {}

  /** The entries of a mapping by their keys; empty where it is none, which is told. */
  Optional<Map<String, Entry>> entries() {
    if (isEmpty()) {
      return Optional.of(Map.of());
    }
    if (!(node instanceof MappingNode mapping)) {
      mismatch("a mapping");
      return Optional.empty();
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    mapping.getValue().forEach(tuple -> addTo(entries, tuple));
    return isPlain() ? Optional.of(entries) : Optional.empty();
  }

  private void addTo(Map<String, Entry> entries, NodeTuple tuple) {
    Value key = new Value(tuple.getKeyNode(), path, reading);
    Optional<String> name = key.raw();
    if (name.isEmpty()) {
      key.problem("a key is a single word");
      return;
    }
    String inside = path.isEmpty() ? name.get() : path + "." + name.get();
    Value named = new Value(tuple.getKeyNode(), inside, reading);
    Entry known = entries.get(name.get());
    if (known == null) {
      entries.put(name.get(), new Entry(named, new Value(tuple.getValueNode(), inside, reading)));
    } else {
      named.problem(
          "the key '%s' stands twice, on line %d already"
              .formatted(name.get(), known.key().line()));
    }
  }

  private boolean isPlain() {
    if (PLAIN.contains(node.getTag())) {
      return true;
    }
    problem("the tag %s means nothing here; leave it out".formatted(node.getTag()));
    return false;
  }
}
