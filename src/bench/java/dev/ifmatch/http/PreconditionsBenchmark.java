package dev.ifmatch.http;

import java.util.Optional;
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

/** From the fields of a request to what becomes of it, where its tag is the current one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PreconditionsBenchmark {
  private static final String TAG = "\"8vRpE3sA0ELrbS2-A2im1rphtFmLYmen_Oe7ZoWROLs\"";

  private final Fields write = FieldList.of("Host", "a", "Content-Length", "5", "If-Match", TAG);
  private final Fields read = FieldList.of("Host", "a", "Accept", "*/*", "If-None-Match", TAG);
  private final Fields unconditional = FieldList.of("Host", "a", "Accept", "*/*");
  private final Optional<EntityTag> tag = Optional.of(EntityTag.parse(TAG));
  private final ResourceState current =
      new ResourceState.Present(Optional.empty(), tag, Optional.empty());

  @Benchmark
  public Preconditions.WriteOutcome write() {
    return Preconditions.ofWrite(write, Comparison.STRICT)
        .evaluateWrite(current, Comparison.STRICT);
  }

  @Benchmark
  public Preconditions.ReadOutcome conditionalRead() {
    return Preconditions.ofRead(read).evaluateRead(tag, Optional.empty());
  }

  @Benchmark
  public Preconditions.ReadOutcome read() {
    return Preconditions.ofRead(unconditional).evaluateRead(tag, Optional.empty());
  }
}
