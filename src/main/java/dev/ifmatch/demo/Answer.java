package dev.ifmatch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** What the demo backend answers to one request; its body is text, sent as UTF-8. */
record Answer(int status, Map<String, String> fields, String body) {

  Answer {
    fields = Map.copyOf(fields);
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), "");
  }

  static Answer of(int status, String contentType, String body) {
    return new Answer(status, Map.of("Content-Type", contentType), body);
  }

  /** The node as one line of JSON; the line break at its end keeps a shell's prompt in place. */
  static Answer json(int status, JsonNode node) {
    return of(status, "application/json", node + "\n");
  }

  static Answer error(int status, String message) {
    return json(status, Json.object().put("error", message));
  }

  static Answer methodNotAllowed(String allow) {
    return error(405, "Only " + allow + " can be used here").with("Allow", allow);
  }

  Answer with(String name, String value) {
    Map<String, String> more = new HashMap<>(fields);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
