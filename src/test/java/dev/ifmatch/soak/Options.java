package dev.ifmatch.soak;

import java.time.Duration;

/**
 * What is asked for.
 *
 * @param time how long the load lasts, without warming up
 * @param clients how many there are
 * @param counters how many of each kind there are
 * @param requestsPerFault with one of how many requests the backend does something wrong
 * @param guarded whether the proxy is between
 * @param seed what the clients' random numbers start from
 */
record Options(
    Duration time, int clients, int counters, int requestsPerFault, boolean guarded, long seed) {
  static final Options DEFAULT = new Options(Duration.ofMinutes(10), 24, 12, 150, true, 1);

  static final String USAGE =
      """
      Usage: src/bench/soak [OPTION]...

        --minutes N   how long the load lasts (default 10)
        --seconds N   the same in seconds
        --clients N   how many there are at once (default 24)
        --counters N  how many resources of each of four kinds they write to (default 12)
        --faults N    the backend does something wrong with one of N requests (default 150; 0: never)
        --seed N      what the clients' random numbers start from (default 1)
        --unguarded   the same load straight to the backend: updates get lost, and it must say so
      """;

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one is unknown, or no number follows one that needs it
   */
  static Options parse(String... words) {
    Options options = DEFAULT;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--unguarded")) {
        options = options.unguarded();
      } else if (i + 1 == words.length) {
        throw new IllegalArgumentException(words[i]);
      } else {
        options = options.with(words[i], Integer.parseInt(words[i + 1]));
        i++;
      }
    }
    return options;
  }

  Options unguarded() {
    return new Options(time, clients, counters, requestsPerFault, false, seed);
  }

  private Options with(String name, int number) {
    return switch (name) {
      case "--minutes" -> with(Duration.ofMinutes(number));
      case "--seconds" -> with(Duration.ofSeconds(number));
      case "--clients" -> new Options(time, number, counters, requestsPerFault, guarded, seed);
      case "--counters" -> new Options(time, clients, number, requestsPerFault, guarded, seed);
      case "--faults" -> new Options(time, clients, counters, number, guarded, seed);
      case "--seed" -> new Options(time, clients, counters, requestsPerFault, guarded, number);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Options with(Duration otherTime) {
    return new Options(otherTime, clients, counters, requestsPerFault, guarded, seed);
  }
}
