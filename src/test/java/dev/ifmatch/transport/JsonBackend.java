package dev.ifmatch.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * A backend of one JSON document that it writes differently each time: members in any order, white
 * space or none, and in {@code servedAt} a number that never comes again.
 */
final class JsonBackend implements Function<Heard, HostileOrigin.Act> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random = new Random(3);
  private JsonNode document;
  private boolean stamps;
  private int served;

  JsonBackend(String document) throws IOException {
    this.document = JSON.readTree(document);
  }

  /** From now on, says in each answer when it was made. */
  JsonBackend stamping() {
    stamps = true;
    return this;
  }

  synchronized JsonNode document() {
    return document;
  }

  synchronized void replace(String other) throws IOException {
    document = JSON.readTree(other);
  }

  @Override
  public HostileOrigin.Act apply(Heard request) {
    return this::serve;
  }

  void serve(OriginPeer peer) throws IOException {
    Heard request = peer.readBody();
    if (request.isWrite()) {
      replace(request.body());
      peer.answer("200 OK", "stored");
    } else {
      peer.answer("200 OK\r\nContent-Type: application/json", text());
    }
  }

  private synchronized String text() throws IOException {
    JsonNode shuffled = shuffled(document, random);
    if (stamps) {
      ((ObjectNode) shuffled).put("servedAt", served++);
    }
    return random.nextBoolean() ? shuffled.toString() : shuffled.toPrettyString();
  }

  /** The same document with its members in another order. */
  static JsonNode shuffled(JsonNode node, Random random) {
    if (node.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      node.forEach(element -> array.add(shuffled(element, random)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
    Collections.shuffle(members, random);
    ObjectNode object = JSON.createObjectNode();
    members.forEach(member -> object.set(member.getKey(), shuffled(member.getValue(), random)));
    return object;
  }
}
