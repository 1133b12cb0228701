package dev.ifmatch.demo;

import java.net.URI;
import java.util.List;

/** The demo's story as three commands for bash, to be pasted one after the other. */
record CurlStory(URI proxy) {

  /** One command and what it shows. */
  record Step(String purpose, String command) {}

  List<Step> steps() {
    // A new number in each round: a save of what is stored already would leave the ETag as it is.
    String save =
        "curl -si -X PUT \"$url\" -H \"If-Match: $tag\" -H 'Content-Type: application/json' -d"
            + " '{\"title\":\"Saved by curl\",\"body\":\"take '$RANDOM'\",\"editor\":\"Guido\"}'";
    return List.of(
        new Step("1. Read the document. The answer carries an ETag; keep it.", read()),
        new Step("2. Save with that ETag: 200 OK, and a new ETag.", save),
        new Step(
            "3. Save again with the same ETag. It is old by now: 412 Precondition Failed.", save));
  }

  private String read() {
    return "url='"
        + proxy.resolve("/api/documents/1")
        + "'; tag=$(curl -si \"$url\" | tee -a /dev/stderr | tr -d '\\r'"
        + " | awk 'tolower($1) == \"etag:\" {print $2}')";
  }
}
