package dev.ifmatch.transport;

import dev.ifmatch.transport.FaultTable.Outcome;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault that can be played.
 *
 * @param whens the situations in which it can be
 * @param script plays it in one of them
 */
record FaultScenario(Set<String> whens, Script script) {

  /** Plays a fault in a situation, and tells what came of it. */
  @FunctionalInterface
  interface Script {
    Outcome play(String when) throws Exception;
  }

  /** The same for situations that are phases. */
  @FunctionalInterface
  interface PhaseScript {
    Outcome play(Phase phase) throws Exception;
  }

  static FaultScenario in(String when, Script script) {
    return new FaultScenario(Set.of(when), script);
  }

  static FaultScenario in(Set<Phase> phases, PhaseScript script) {
    Set<String> whens = phases.stream().map(Phase::words).collect(Collectors.toSet());
    return new FaultScenario(whens, when -> script.play(phase(when)));
  }

  private static Phase phase(String words) {
    return Stream.of(Phase.values()).filter(p -> p.words().equals(words)).findFirst().orElseThrow();
  }

  Outcome play(String when) throws Exception {
    return script.play(when);
  }
}
