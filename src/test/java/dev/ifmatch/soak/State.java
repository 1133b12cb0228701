package dev.ifmatch.soak;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One state of a counter, which is made by one write and by no other.
 *
 * @param write which write made it
 * @param from which write made the state that it was made from
 * @param number how many writes there have been, as the client counts
 */
record State(Write write, Write from, long number) {
  /** What a counter starts with. */
  static final State FIRST = new State(Write.NONE, Write.NONE, 0);

  private static final Pattern TEXT =
      Pattern.compile("\"write\":\"(\\d+)-(\\d+)\",\"from\":\"(\\d+)-(\\d+)\",\"number\":(\\d+)");

  /**
   * One attempt of one client.
   *
   * @param client the client's number, from 1
   * @param attempt counts the client's attempts
   */
  record Write(int client, int attempt) {
    static final Write NONE = new Write(0, 0);

    @Override
    public String toString() {
      return client + "-" + attempt;
    }
  }

  /** The state that a write would make that starts from this one. */
  State next(Write by) {
    return new State(by, write, number + 1);
  }

  /** Reads a document; empty where it is not one of ours. */
  static Optional<State> of(String document) {
    Matcher found = TEXT.matcher(document);
    if (!found.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new State(
            new Write(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))),
            new Write(Integer.parseInt(found.group(3)), Integer.parseInt(found.group(4))),
            Long.parseLong(found.group(5))));
  }

  /**
   * The document.
   *
   * @param padding how much longer it is than it had to be
   */
  String document(int padding) {
    return "{%s,\"padding\":\"%s\"}".formatted(members(), "x".repeat(padding));
  }

  /** What it says, without the braces. */
  String members() {
    return "\"write\":\"%s\",\"from\":\"%s\",\"number\":%d".formatted(write, from, number);
  }
}
