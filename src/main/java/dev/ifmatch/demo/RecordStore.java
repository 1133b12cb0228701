package dev.ifmatch.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One collection of numbered JSON objects, in memory, where the last writer wins.
 *
 * <p>Thread-safe: each call is atomic, which is all that a naive backend promises. A stored object
 * is never changed, only replaced.
 */
final class RecordStore {

  /** What a write left behind, and whether there was nothing before it. */
  record Written(ObjectNode content, boolean created) {}

  private final TreeMap<Long, ObjectNode> records = new TreeMap<>();

  synchronized ArrayNode list() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    records.values().forEach(all::add);
    return all;
  }

  synchronized Optional<ObjectNode> find(long id) {
    return Optional.ofNullable(records.get(id));
  }

  synchronized ObjectNode add(ObjectNode content) {
    long id = records.isEmpty() ? 1 : records.lastKey() + 1;
    return store(id, content);
  }

  synchronized Written replace(long id, ObjectNode content) {
    boolean created = !records.containsKey(id);
    return new Written(store(id, content), created);
  }

  synchronized Optional<ObjectNode> patch(long id, ObjectNode change) {
    return find(id).map(old -> store(id, Json.merge(old, change)));
  }

  synchronized boolean remove(long id) {
    return records.remove(id) != null;
  }

  synchronized void reset(List<ObjectNode> contents) {
    records.clear();
    contents.forEach(this::add);
  }

  private ObjectNode store(long id, ObjectNode content) {
    ObjectNode stored = Json.object().put("id", id);
    content.properties().stream()
        .filter(member -> !member.getKey().equals("id"))
        .forEach(member -> stored.set(member.getKey(), member.getValue()));
    records.put(id, stored);
    return stored;
  }
}
