package dev.ifmatch.transport;

import static dev.ifmatch.transport.LimitsBuilder.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.transport.FaultTable.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** What a backend can do wrong, in the words of the table of faults. */
final class BackendFaults {
  private static final Set<Phase> ALL = EnumSet.allOf(Phase.class);
  private static final Set<Phase> GETS = EnumSet.of(Phase.READ, Phase.PROBE, Phase.REREAD);
  private static final int MEBIBYTE = 1 << 20;

  /** More than a sender gets rid of while nobody reads. */
  private static final int LARGE = 16 * MEBIBYTE;

  private BackendFaults() {}

  static Map<String, FaultScenario> all() {
    Map<String, FaultScenario> all = new TreeMap<>();
    for (Fault fault : Fault.values()) {
      all.put(fault.words(), FaultScenario.in(ALL, phase -> breaking(phase, fault)));
    }
    all.put("refuses connections", FaultScenario.in(ALL, BackendFaults::refusing));
    all.put(
        "carries it out and ends the connection",
        FaultScenario.in(EnumSet.of(Phase.WRITE), BackendFaults::applying));
    all.put("sends more than its length", honest("", " and more"));
    all.put("sends 1,000 fields", honest(fields(1_000), ""));
    all.put("sends 103 first", FaultScenario.in(ALL, BackendFaults::hinting));
    all.put("ends the kept connection", FaultScenario.in(ALL, BackendFaults::closing));
    all.put(
        "answers before it has the body",
        FaultScenario.in(EnumSet.of(Phase.WRITE, Phase.POST), BackendFaults::hasty));
    all.put("sends a gzip bomb", gzipped(i -> new byte[65 * MEBIBYTE], 1));
    all.put("sends a gzip bomb of many members", gzipped(i -> new byte[MEBIBYTE], 65));
    all.put("sends 50,000 empty gzip members", gzipped(i -> new byte[0], 50_000));
    return all.entrySet().stream()
        .collect(Collectors.toMap(entry -> "the backend " + entry.getKey(), Map.Entry::getValue));
  }

  static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "X-%d: %d\r\n".formatted(i, i))
        .collect(Collectors.joining());
  }

  private static Outcome breaking(Phase phase, Fault fault) throws IOException {
    LimitsBuilder limits = fault.isSilent() ? limits().originTimeout(200) : limits();
    try (FaultPlay play = new FaultPlay(limits)) {
      return play.with(phase, fault).ask(phase.request());
    }
  }

  private static Outcome refusing(Phase phase) throws IOException {
    try (FaultPlay play = new FaultPlay(limits())) {
      HostileOrigin.Act lastWords =
          peer -> {
            play.origin().stopListening();
            peer.answer("200 OK\r\nConnection: close", "stored");
            peer.wire().close();
          };
      switch (phase) {
        case WRITE -> play.with(Phase.PROBE, lastWords);
        case REREAD -> play.with(Phase.WRITE, lastWords);
        default -> play.origin().stopListening();
      }
      return play.ask(phase.request());
    }
  }

  private static Outcome applying(Phase phase) throws IOException {
    try (FaultPlay play = new FaultPlay(limits())) {
      Outcome outcome =
          play.with(
                  phase,
                  peer -> {
                    play.store().with("/a", peer.readBody().body());
                    peer.wire().close();
                  })
              .ask(phase.request());
      assertThat(play.store().text("/a")).isEqualTo("new");
      return outcome;
    }
  }

  /** Answers as it should, with some more fields, and with some more behind its answer. */
  private static FaultScenario honest(String fields, String behind) {
    String ok = "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 3\r\n\r\nold" + behind;
    return FaultScenario.in(
        ALL,
        phase -> {
          try (FaultPlay play = new FaultPlay(limits())) {
            return play.with(phase, peer -> peer.answer(ok)).ask(phase.request());
          }
        });
  }

  private static Outcome hinting(Phase phase) throws IOException {
    try (FaultPlay play = new FaultPlay(limits())) {
      return play.with(
              phase,
              peer -> {
                peer.answer("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
                play.store().serve(peer);
              })
          .ask(phase.request());
    }
  }

  /** The proxy knows of it from the read before: the first that meets it may be a POST. */
  private static Outcome closing(Phase phase) throws IOException {
    try (FaultPlay play = new FaultPlay(limits())) {
      play.with(
          heard ->
              peer -> {
                play.store().serve(peer);
                peer.wire().close();
              });
      assertThat(play.told(Phase.READ.request())).isEqualTo("200");
      play.proxy().fence();
      return play.ask(phase.request());
    }
  }

  private static Outcome hasty(Phase phase) throws IOException {
    CountDownLatch answered = new CountDownLatch(1);
    try (FaultPlay play = new FaultPlay(limits())) {
      play.with(
          phase,
          peer -> {
            peer.wire().send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
            answered.await();
            peer.wire().close();
          });
      String large = phase.request().replace(": 3\r\n", ": " + LARGE + "\r\n");
      String told = play.told(large + "x".repeat(LARGE - 3));
      answered.countDown();
      return play.after(told);
    }
  }

  private static FaultScenario gzipped(IntFunction<byte[]> member, int members) {
    return FaultScenario.in(
        GETS,
        phase -> {
          byte[] coded = gzip(member, members);
          try (FaultPlay play = new FaultPlay(limits())) {
            String head = "200 OK\r\nContent-Encoding: gzip";
            return play.with(phase, peer -> peer.answer(head, coded)).ask(phase.request());
          }
        });
  }

  private static byte[] gzip(IntFunction<byte[]> member, int members) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    for (int i = 0; i < members; i++) {
      try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
        out.write(member.apply(i));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return coded.toByteArray();
  }
}
