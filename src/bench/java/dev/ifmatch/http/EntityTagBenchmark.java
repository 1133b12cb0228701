package dev.ifmatch.http;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading an entity-tag, and the lists of {@code If-Match}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntityTagBenchmark {
  private static final String TAG = "\"8vRpE3sA0ELrbS2-A2im1rphtFmLYmen_Oe7ZoWROLs\"";

  private final List<String> one = List.of(TAG);
  private final List<String> ten = List.of(String.join(", ", Collections.nCopies(10, TAG)));

  @Benchmark
  public EntityTag tag() {
    return EntityTag.parse(TAG);
  }

  @Benchmark
  public TagCondition listOfOne() {
    return TagCondition.parse(one);
  }

  @Benchmark
  public TagCondition listOfTen() {
    return TagCondition.parse(ten);
  }
}
