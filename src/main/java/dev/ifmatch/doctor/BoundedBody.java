package dev.ifmatch.doctor;

import dev.ifmatch.http.FieldName;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes a body in up to a limit, and nothing of a stream that has no end. For one answer. */
final class BoundedBody implements BodySubscriber<BoundedBody.Read> {
  private final CompletableFuture<Read> read = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int limit;
  private Flow.Subscription subscription;

  /** What was read of a body. */
  static final class Read {
    private final byte[] bytes;
    private final boolean whole;

    private Read(byte[] bytes, boolean whole) {
      this.bytes = bytes;
      this.whole = whole;
    }

    byte[] bytes() {
      return bytes;
    }

    boolean whole() {
      return whole;
    }
  }

  BoundedBody(ResponseInfo info, int limit) {
    String type = info.headers().firstValue(FieldName.CONTENT_TYPE).orElse("");
    this.limit = Reading.isEndless(type) ? 0 : limit;
  }

  @Override
  public CompletionStage<Read> getBody() {
    return read;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (limit == 0) {
      stop();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      int room = Math.min(piece.remaining(), limit - bytes.size());
      byte[] taken = new byte[room];
      piece.get(taken);
      bytes.writeBytes(taken);
      if (piece.hasRemaining()) {
        stop();
        return;
      }
    }
  }

  private void stop() {
    subscription.cancel();
    read.complete(new Read(bytes.toByteArray(), false));
  }

  @Override
  public void onError(Throwable failure) {
    read.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    read.complete(new Read(bytes.toByteArray(), true));
  }
}
