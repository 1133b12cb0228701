package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

/** The look at a request head that comes before Netty's parser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeadScannerBenchmark {
  private static final String SHORT = "GET /documents/1 HTTP/1.1\r\nHost: localhost:8080\r\n\r\n";
  private static final String BROWSER =
      "GET /documents/1 HTTP/1.1\r\nHost: localhost:8080\r\nConnection: keep-alive\r\n"
          + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/140.0.0.0 Safari/537.36\r\nAccept: text/html,application/xhtml+xml,"
          + "application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
          + "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n"
          + "Cookie: session=0123456789abcdef0123456789abcdef\r\n\r\n";

  /** Whose head it is. */
  @Param({"short", "browser"})
  String client;

  private ByteBuf head;
  private final HeadScanner scanner = new HeadScanner();

  @Setup
  public void fill() {
    byte[] octets = (client.equals("short") ? SHORT : BROWSER).getBytes(US_ASCII);
    head = Unpooled.directBuffer(octets.length).writeBytes(octets);
  }

  @Benchmark
  public boolean scan() {
    scanner.reset();
    head.forEachByte(scanner);
    return scanner.isComplete();
  }
}
