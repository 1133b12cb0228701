package dev.ifmatch.representation;

import dev.ifmatch.http.EntityTag;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole body to its entity-tag: the digest's set-up, the bytes, and the tag's text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FingerprintBenchmark {

  @Param({"1024", "102400", "1048576"})
  int bytes;

  @Param HashAlgorithm algorithm;

  /** Where the body lies: Netty reads into memory outside the heap. */
  @Param({"heap", "direct"})
  String memory;

  private ByteBuffer body;

  @Setup
  public void fill() {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    body = memory.equals("heap") ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    body.put(content).flip();
  }

  @Benchmark
  public Optional<EntityTag> tag() {
    Fingerprint fingerprint =
        new Fingerprint(TagRecipe.DEFAULT.with(algorithm), ContentCoding.IDENTITY);
    fingerprint.update(body.duplicate());
    return fingerprint.tag();
  }
}
