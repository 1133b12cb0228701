package dev.ifmatch.transport;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One request as it reached a backend.
 *
 * @param head the request line and the fields, with their line ends
 * @param body the content with its framing taken off, a character for each octet
 */
record Heard(String head, String body) {

  String startLine() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  String method() {
    return startLine().split(" ", 3)[0];
  }

  String target() {
    return startLine().split(" ", 3)[1];
  }

  boolean isWrite() {
    return !method().equals("GET") && !method().equals("HEAD");
  }

  /** The values of all field lines with this name. */
  List<String> fields(String name) {
    return Pattern.compile("(?imd)^" + Pattern.quote(name) + ":[ \t]*(.*?)[ \t]*\r$")
        .matcher(head)
        .results()
        .map(line -> line.group(1))
        .toList();
  }

  Optional<String> field(String name) {
    return fields(name).stream().findFirst();
  }

  @Override
  public String toString() {
    return startLine();
  }
}
