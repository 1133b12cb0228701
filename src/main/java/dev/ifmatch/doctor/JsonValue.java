package dev.ifmatch.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON document in which numbers are what was written: {@code 1.0} is not {@code 1}. */
sealed interface JsonValue {

  /** An object. */
  record Members(Map<String, JsonValue> byName) implements JsonValue {}

  /** An array. */
  record Elements(List<JsonValue> inOrder) implements JsonValue {}

  /** A string, number or literal; a string has its quotes. */
  record Plain(String text) implements JsonValue {}

  /** Reads a document; empty where it is not JSON. */
  static Optional<JsonValue> parse(byte[] document) {
    try (JsonParser parser = new JsonFactory().createParser(document)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      JsonValue value = read(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Reads what starts at the current token; the parser limits the depth. */
  private static JsonValue read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
      }
      return new Members(members);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<JsonValue> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(read(parser));
      }
      return new Elements(elements);
    }
    boolean quoted = parser.currentToken() == JsonToken.VALUE_STRING;
    return new Plain(quoted ? '"' + parser.getText() + '"' : parser.getText());
  }

  /** The number of plain values in it. */
  default int size() {
    if (this instanceof Members members) {
      return members.byName().values().stream().mapToInt(JsonValue::size).sum();
    }
    return this instanceof Elements elements
        ? elements.inOrder().stream().mapToInt(JsonValue::size).sum()
        : 1;
  }
}
