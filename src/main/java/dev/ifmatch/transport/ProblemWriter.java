package dev.ifmatch.transport;

import dev.ifmatch.http.Field;
import dev.ifmatch.policy.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/** Writes a problem document as an answer (RFC 9457). */
final class ProblemWriter {
  private ProblemWriter() {}

  static void write(
      AnswerWriter answer, ByteBufAllocator allocator, Problem problem, List<Field> fields) {
    byte[] json = problem.toJson();
    ByteBuf body = allocator.buffer(json.length).writeBytes(json);
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    fields.forEach(field -> headers.add(field.name(), field.value()));
    problem.fields().forEach(field -> headers.set(field.name(), field.value()));
    answer.begin(HttpResponseStatus.valueOf(problem.status()), headers, json.length);
    answer.write(body);
    answer.finish(EmptyHttpHeaders.INSTANCE);
    answer.flush();
  }
}
