package dev.ifmatch.transport;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one answer that the client gets in an exchange, from its interim answers to its end. Confined
 * to the client's event loop.
 */
final class ClientAnswer {

  /** Whose answer this is. */
  interface Owner {
    /** The answer is written as a whole. */
    void onAnswered(boolean keepAlive);
  }

  private final Owner owner;
  private final Proxy proxy;
  private final ClientPort client;
  private final AnswerWriter writer;
  private Optional<Supplier<List<Field>>> trailers = Optional.empty();
  private boolean begun;

  ClientAnswer(Owner owner, Proxy proxy, ClientPort client, AnswerWriter writer) {
    this.owner = owner;
    this.proxy = proxy;
    this.client = client;
    this.writer = writer;
  }

  /** Whether it has begun: then no other can be given. */
  boolean isBegun() {
    return begun;
  }

  /** Makes this the connection's last answer; says so in the head, if that is still to come. */
  void closeAfterwards() {
    writer.closeAfterwards();
  }

  /** Lets a client go on that waits to be told so. */
  void sendContinue() {
    writer.informational(HttpResponseStatus.CONTINUE, EmptyHttpHeaders.INSTANCE);
  }

  /** Passes an interim answer of the origin's on. */
  void informational(HttpResponse interim) {
    Headers.stripHopByHop(interim.headers());
    writer.informational(interim.status(), interim.headers());
  }

  /**
   * Writes the head; the content goes through the writer, and then comes {@link #finish}.
   *
   * @param length how many bytes of content follow, or {@link AnswerWriter#UNKNOWN_LENGTH}
   */
  void begin(ResponseHead from, long length) {
    start();
    writer.begin(status(from), headers(from), length);
  }

  /**
   * Writes the head of an answer whose length is not told, and behind which trailer fields follow.
   *
   * @param fields is asked at the end
   */
  void beginWithTrailers(ResponseHead from, Supplier<List<Field>> fields) {
    trailers = Optional.of(fields);
    begin(from, AnswerWriter.UNKNOWN_LENGTH);
  }

  /** Sends what was written. */
  void flush() {
    writer.flush();
  }

  /**
   * Writes the end.
   *
   * @param fields the trailer fields where no others were promised
   */
  void finish(HttpHeaders fields) {
    HttpHeaders last = fields;
    if (trailers.isPresent()) {
      last = DefaultHttpHeadersFactory.trailersFactory().newHeaders();
      for (Field field : trailers.get().get()) {
        last.add(field.name(), field.value());
      }
    }
    writer.finish(last);
    end();
  }

  /** Answers with a content that is here in one piece, and takes that over. */
  void whole(ResponseHead from, ByteBuf content) {
    start();
    writer.whole(status(from), headers(from), content);
    end();
  }

  /** Answers with a problem document of ours, and these fields besides its own. */
  void reply(Problem problem, List<Field> fields, ByteBufAllocator allocator) {
    start();
    proxy.listener().onRefused(problem);
    ProblemWriter.write(writer, allocator, problem, fields);
    end();
  }

  /** Answers that the protocol is switched: behind this, no HTTP follows. */
  void switchProtocols(ResponseHead from) {
    begun = true;
    writer.switchProtocols(headers(from));
  }

  /** It cannot be completed: the client is to see that it is not whole. */
  void breakOff() {
    client.cut();
  }

  /** None can be given any more. */
  void giveUp() {
    begun = true;
  }

  /** What is answered before its request has come to its end, or while we stop, comes last. */
  private void start() {
    begun = true;
    if (!client.isRequestComplete() || proxy.draining().getAsBoolean()) {
      writer.closeAfterwards();
    }
  }

  private void end() {
    writer.flush();
    owner.onAnswered(writer.keepsAlive());
  }

  private static HttpResponseStatus status(ResponseHead from) {
    return HttpResponseStatus.valueOf(from.status());
  }

  private static HttpHeaders headers(ResponseHead from) {
    return ((NettyFields) from.fields()).headers();
  }
}
