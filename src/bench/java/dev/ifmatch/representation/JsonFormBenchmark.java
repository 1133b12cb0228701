package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.http.EntityTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.erdtman.jcs.JsonCanonicalizer;
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

/**
 * A list of records to its entity-tag: by its bytes, by what it says, and by RFC 8785 as another
 * library does it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonFormBenchmark {
  private static final TagRecipe JSON = recipe(List.of(), List.of());
  private static final TagRecipe IGNORING =
      recipe(List.of(), List.of(pointer("/items/*/updatedAt"), pointer("/items/*/manager")));
  private static final TagRecipe INCLUDING =
      recipe(List.of(pointer("/items/*/id"), pointer("/items/*/name")), List.of());
  private static final String RECORD =
      """
      {"id":%d,"name":"Customer %d","email":"c%d@example.org","active":%b,"balance":%d.%02d,\
      "address":{"street":"Via Roma %d","city":"%s","zip":"%05d","geo":{"lat":%s,"lon":%s}},\
      "tags":["a%d","vip","2024"],"updatedAt":"2024-05-17T12:30:%02dZ",\
      "note":"The quick brown fox said \\"hi\\" \\u00e9 and left.","manager":null}""";
  private static final List<String> CITIES =
      List.of("Turin", "Zürich", "São Paulo", "Oslo", "Kyoto", "Boston");

  @Param({"1024", "102400", "1048576"})
  int bytes;

  private byte[] content;

  @Setup
  public void write() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("{\"total\":12,\"items\":[");
    for (int id = 100_000; id == 100_000 || text.length() < bytes - 100; id++) {
      text.append(id == 100_000 ? "" : ",").append(record(id, random));
    }
    content = text.append("],\"next\":\"/customers?page=2\"}").toString().getBytes(UTF_8);
  }

  @Benchmark
  public Optional<EntityTag> bytesForm() {
    return tag(TagRecipe.DEFAULT);
  }

  @Benchmark
  public Optional<EntityTag> jsonForm() {
    return tag(JSON);
  }

  @Benchmark
  public Optional<EntityTag> jsonFormXxh3() {
    return tag(JSON.with(HashAlgorithm.XXH3));
  }

  @Benchmark
  public Optional<EntityTag> jsonFormIgnoring() {
    return tag(IGNORING);
  }

  @Benchmark
  public Optional<EntityTag> jsonFormIncluding() {
    return tag(INCLUDING);
  }

  @Benchmark
  public EntityTag rfc8785() throws IOException, NoSuchAlgorithmException {
    byte[] canonical = new JsonCanonicalizer(content).getEncodedUTF8();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
    return EntityTag.strong(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  private Optional<EntityTag> tag(TagRecipe recipe) {
    Fingerprint fingerprint = new Fingerprint(recipe, ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap(content));
    Optional<EntityTag> tag = fingerprint.tag();
    if (fingerprint.fallback().isPresent()) {
      throw new IllegalStateException("not in JSON form: " + fingerprint.fallback());
    }
    return tag;
  }

  private static String record(int id, Random random) {
    return RECORD.formatted(
        id,
        random.nextInt(1000),
        random.nextInt(100_000),
        random.nextBoolean(),
        random.nextInt(10_000),
        random.nextInt(100),
        random.nextInt(99),
        CITIES.get(random.nextInt(CITIES.size())),
        random.nextInt(100_000),
        45 + random.nextDouble(),
        7 + random.nextDouble(),
        random.nextInt(9),
        random.nextInt(60));
  }

  private static PointerPattern pointer(String text) {
    return PointerPattern.parse(text);
  }

  private static TagRecipe recipe(List<PointerPattern> include, List<PointerPattern> ignore) {
    return new TagRecipe(
        TagForm.JSON,
        HashAlgorithm.SHA_256,
        Optional.empty(),
        include,
        ignore,
        TagStrength.STRONG,
        4 << 20);
  }
}
