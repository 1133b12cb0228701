package dev.ifmatch.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The legacy API: documents and orders, without versions and without entity-tags. */
final class DemoApi {

  private static final Pattern PATH = Pattern.compile("/api/(documents|orders)(?:/(\\d{1,18}))?");
  private static final String ON_COLLECTION = "GET, HEAD, POST, OPTIONS";
  private static final String ON_RECORD = "GET, HEAD, PUT, PATCH, DELETE, OPTIONS";

  private final RecordStore documents = new RecordStore();
  private final RecordStore orders = new RecordStore();
  private final Map<String, RecordStore> collections =
      Map.of("documents", documents, "orders", orders);

  DemoApi() {
    reset();
  }

  /** Puts the seed data back. */
  void reset() {
    documents.reset(
        List.of(
            document("Release notes: draft", "Imports keep their order."),
            document("Style guide", "Say what happens, then why.")));
    orders.reset(List.of(order("Notebook", 2, "open"), order("Pencil", 12, "packed")));
  }

  Answer answer(String method, String path, byte[] body) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Answer.error(404, "Nothing is stored under " + path);
    }
    RecordStore collection = collections.get(matcher.group(1));
    return matcher.group(2) == null
        ? onCollection(collection, method, path, body)
        : onRecord(collection, method, Long.parseLong(matcher.group(2)), body);
  }

  private static Answer onCollection(
      RecordStore collection, String method, String path, byte[] body) {
    return switch (method) {
      case "GET", "HEAD" -> Answer.json(200, collection.list());
      case "POST" -> withObject(body, content -> created(path, collection.add(content)));
      case "OPTIONS" -> Answer.empty(204).with("Allow", ON_COLLECTION);
      default -> Answer.methodNotAllowed(ON_COLLECTION);
    };
  }

  private static Answer onRecord(RecordStore collection, String method, long id, byte[] body) {
    return switch (method) {
      case "GET", "HEAD" -> found(collection.find(id), id);
      case "PUT" -> withObject(body, content -> replaced(collection, id, content));
      case "PATCH" -> withObject(body, change -> found(collection.patch(id, change), id));
      case "DELETE" -> collection.remove(id) ? Answer.empty(204) : missing(id);
      case "OPTIONS" -> Answer.empty(204).with("Allow", ON_RECORD);
      default -> Answer.methodNotAllowed(ON_RECORD);
    };
  }

  private static Answer replaced(RecordStore collection, long id, ObjectNode content) {
    RecordStore.Written written = collection.replace(id, content);
    return Answer.json(written.created() ? 201 : 200, written.content());
  }

  private static Answer created(String path, ObjectNode stored) {
    return Answer.json(201, stored).with("Location", path + "/" + stored.get("id"));
  }

  private static Answer found(Optional<ObjectNode> stored, long id) {
    return stored.map(content -> Answer.json(200, content)).orElse(missing(id));
  }

  private static Answer missing(long id) {
    return Answer.error(404, "Nothing is stored under number " + id);
  }

  private static Answer withObject(byte[] body, Function<ObjectNode, Answer> use) {
    return Json.parseObject(body)
        .map(use)
        .orElseGet(() -> Answer.error(400, "The body must be one JSON object"));
  }

  private static ObjectNode document(String title, String body) {
    return Json.object().put("title", title).put("body", body).put("editor", "nobody");
  }

  private static ObjectNode order(String item, int quantity, String status) {
    return Json.object().put("item", item).put("quantity", quantity).put("status", status);
  }
}
