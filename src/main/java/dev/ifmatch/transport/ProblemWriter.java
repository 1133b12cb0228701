package dev.ifmatch.transport;

import dev.ifmatch.http.Field;
import dev.ifmatch.policy.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** Writes a problem document as an answer (RFC 9457). */
final class ProblemWriter {
  private ProblemWriter() {}

  /** Answers a request that is not let in, as the last of its connection; the caller flushes. */
  static void refuse(ChannelHandlerContext ctx, Problem problem, boolean headOnly) {
    HttpMethod method = headOnly ? HttpMethod.HEAD : HttpMethod.GET;
    HttpRequest unread = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, problem.target());
    AnswerWriter answer = new AnswerWriter(ctx, unread);
    answer.closeAfterwards();
    write(answer, ctx.alloc(), problem, List.of());
  }

  static void write(
      AnswerWriter answer, ByteBufAllocator allocator, Problem problem, List<Field> fields) {
    byte[] json = problem.toJson();
    ByteBuf content = allocator.buffer(json.length).writeBytes(json);
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    NettyFields view = new NettyFields(headers);
    fields.forEach(field -> view.add(field.name(), field.value()));
    problem.fields().forEach(field -> view.set(field.name(), field.value()));
    answer.whole(HttpResponseStatus.valueOf(problem.status()), headers, content);
  }
}
