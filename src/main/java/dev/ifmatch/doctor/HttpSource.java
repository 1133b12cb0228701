package dev.ifmatch.doctor;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Answers from a server, by HTTP/1.1; redirects are answers, and are not followed. */
final class HttpSource implements Source {
  static {
    // Servers choose by Host, and the client only lets it be set if this is said before its first
    // use.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private final URI server;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * The answers of one server.
   *
   * @param server its URL, without a path
   * @param timeout how long a whole answer may take
   * @param tls which certificates are taken; empty for those that this Java trusts
   */
  HttpSource(URI server, Duration timeout, Optional<SSLContext> tls) {
    this.server = server;
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public Reading read(RequestHead request) throws Unanswered {
    CompletableFuture<HttpResponse<BoundedBody.Read>> answer =
        client.sendAsync(built(request), info -> new BoundedBody(info, Reading.MAX_BYTES));
    try {
      return reading(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unanswered("no whole answer within " + limit(), e);
    } catch (ExecutionException e) {
      throw new Unanswered(inWords(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted", e);
    }
  }

  private HttpRequest built(RequestHead request) throws Unanswered {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(server + request.target()))
              .method(request.method().name(), BodyPublishers.noBody())
              .setHeader("User-Agent", "ifmatch-doctor");
      request.fields().forEach(field -> builder.header(field.name(), field.value()));
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new Unanswered("it cannot be asked: " + e.getMessage(), e);
    }
  }

  private static Reading reading(HttpResponse<BoundedBody.Read> response) {
    FieldList fields = new FieldList();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> fields.add(name, value)));
    ResponseHead head = new ResponseHead(response.statusCode(), fields);
    return new Reading(head, response.body().bytes(), response.body().whole());
  }

  private String inWords(Throwable cause) {
    if (cause instanceof ConnectException) {
      return cause.getCause() instanceof UnresolvedAddressException
          ? "the host %s is unknown".formatted(server.getHost())
          : "nothing accepts connections at %s; does it run?".formatted(server);
    }
    if (cause instanceof SSLException) {
      String text = String.valueOf(cause.getMessage());
      return "no TLS connection: %s%s"
          .formatted(text, text.contains("PKIX") ? "; --origin-tls-ca names whom to trust" : "");
    }
    if (cause instanceof HttpTimeoutException) {
      return "no whole answer within " + limit();
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? "the answer broke off: " + cause.getMessage()
        : cause.toString();
  }

  private String limit() {
    long millis = timeout.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
