package dev.ifmatch.policy;

import java.util.Locale;

/**
 * Every answer that the proxy gives of its own: its status, who is the cause, whether the request
 * had been sent to the origin, whether it is safe to send it again as it is, and its words.
 *
 * <p>In the words, {@code {request}} stands for method and target, {@code {target}} for the target,
 * {@code {why}} for what the place that refuses knows in addition.
 */
public enum Refusal {
  // the client's request cannot be taken as it is
  MALFORMED_REQUEST(
      400,
      Source.CLIENT,
      "bad-request",
      "The request is not well-formed HTTP",
      "{request} was not sent to the backend. What is wrong with it: {why}."),
  AMBIGUOUS_TARGET(
      400,
      Source.CLIENT,
      "bad-request",
      "The path can be read in more than one way",
      "{request} was not sent to the backend: its path holds a \"..\" segment, or an encoded slash"
          + " behind a semicolon, which servers read differently. Send the path that it stands for."),
  MALFORMED_PRECONDITION(
      400,
      Source.CLIENT,
      "bad-request",
      "A precondition cannot be read",
      "{request} was not sent to the backend. {why}. In If-Match and If-None-Match, send the"
          + " ETag exactly as a GET returned it, with its double quotes."),
  CONNECT_NOT_SUPPORTED(
      405,
      Source.CLIENT,
      "method-not-allowed",
      "CONNECT is not supported",
      "This is a reverse proxy in front of one backend and opens no tunnels. Send requests to it"
          + " as if it were the backend; do not set it as your client's HTTP proxy."),
  REQUEST_TIMEOUT(
      408,
      Source.CLIENT,
      "request-timeout",
      "The request did not arrive in time",
      "{request} was not sent to the backend: {why}. Retrying is safe."),
  BODY_TOO_LARGE(
      413,
      Source.CLIENT,
      "content-too-large",
      "The request body is too large",
      "The body of {request} is not accepted: {why}. Nothing was sent to the backend. Send a"
          + " smaller body, or have the proxy's limit raised."),
  TARGET_TOO_LONG(
      414,
      Source.CLIENT,
      "uri-too-long",
      "The request target is too long",
      "The path with its query is not accepted: {why}. Nothing was sent to the backend. Shorten"
          + " the query, or send it as a body."),
  HEAD_TOO_LARGE(
      431,
      Source.CLIENT,
      "request-header-fields-too-large",
      "The request head is too large",
      "The request line with all header fields is not accepted: {why}. Nothing was sent to the"
          + " backend. Often cookies are the cause: clear those of this host."),
  UNKNOWN_TRANSFER_CODING(
      501,
      Source.CLIENT,
      "not-implemented",
      "The transfer coding is not supported",
      "{request} was not sent to the backend: it came with {why}. Send the body with"
          + " Content-Length or with Transfer-Encoding: chunked."),

  // the precondition does not hold
  STALE(
      412,
      Source.CLIENT,
      "precondition-failed",
      "The resource has changed since you read it",
      "{request} was not sent to the backend: your If-Match is not its current version. GET it"
          + " again, apply your change to that, and send it with the new ETag."),
  ALREADY_APPLIED(
      412,
      Source.CLIENT,
      "precondition-failed",
      "Your change is there already",
      "{request} was not sent to the backend: your If-Match is not its current version, but what"
          + " you sent is. It was a retry, most likely: there is nothing left to do."),
  WEAK_TAG(
      412,
      Source.CLIENT,
      "precondition-failed",
      "A weak ETag cannot be used in If-Match",
      "{request} was not sent to the backend: your If-Match holds the current version's ETag,"
          + " but as a weak one (W/\"…\"), and weak ones never match there. Send it as this"
          + " answer's ETag header has it. If no GET returned it weak, a proxy or CDN on the way"
          + " weakened it."),
  ABSENT(
      412,
      Source.CLIENT,
      "precondition-failed",
      "The resource does not exist",
      "{request} was not sent to the backend: it was made from an existing version, but the"
          + " resource was deleted or never existed. To create it, send If-None-Match: * in"
          + " place of the precondition you sent."),
  EXISTS(
      412,
      Source.CLIENT,
      "precondition-failed",
      "The resource exists already",
      "{request} was not sent to the backend: your If-None-Match rules out the version that is"
          + " there. To change that, GET it, apply your change, and send it with If-Match and"
          + " its ETag."),
  MODIFIED(
      412,
      Source.CLIENT,
      "precondition-failed",
      "The resource was modified after your date",
      "{request} was not sent to the backend: the resource was modified after your"
          + " If-Unmodified-Since. GET it again, apply your change to that, and send it with"
          + " If-Match and its ETag."),
  UNDATED(
      412,
      Source.CLIENT,
      "precondition-failed",
      "If-Unmodified-Since cannot be checked",
      "{request} was not sent to the backend: the backend sends no Last-Modified to compare your"
          + " If-Unmodified-Since with. Send If-Match with the ETag of a GET instead."),
  READ_PRECONDITION(
      412,
      Source.CLIENT,
      "precondition-failed",
      "The current version is not the one you asked for",
      "{request} found another version than your If-Match or If-Unmodified-Since names. Leave"
          + " that header out to get the current version."),
  UNVERIFIABLE(
      412,
      Source.ORIGIN,
      "precondition-failed",
      "The current version cannot be determined",
      "{request} was not sent to the backend: {why}, so there is no version to compare with."
          + " Only a resource that answers GET with 200 can be written through this proxy."),
  MISSING(
      428,
      Source.CLIENT,
      "precondition-required",
      "This write needs an If-Match header",
      "{request} was not sent to the backend. GET {target} first and send its ETag back, e.g. "
          + " If-Match: {why}"),

  // the lock
  LOCK_TIMEOUT(
      503,
      Source.LOCK,
      "busy",
      "Other writes to this resource are in progress",
      "{request} was not sent to the backend: it waited {why} for other writes to finish."
          + " Retrying is safe."),
  LOCK_QUEUE_FULL(
      503,
      Source.LOCK,
      "busy",
      "Too many writes to this resource are waiting",
      "{request} was not sent to the backend: {why}. Retrying is safe."),

  // the backend
  ORIGIN_BUSY(
      503,
      Source.PROXY,
      "busy",
      "Too many requests are at the backend",
      "{request} was not sent to the backend: {why}. Retrying is safe."),
  PROBE_FAILED(
      502,
      Source.ORIGIN,
      "bad-gateway",
      "The current version could not be read",
      "Before {request}, the proxy reads the current version, but {why}. Nothing was written;"
          + " retrying is safe."),
  PROBE_TIMEOUT(
      504,
      Source.ORIGIN,
      "gateway-timeout",
      "The current version could not be read in time",
      "Before {request}, the proxy reads the current version, but {why}. Nothing was written;"
          + " retrying is safe."),
  ORIGIN_UNREACHABLE(
      502,
      Source.ORIGIN,
      "bad-gateway",
      "The backend cannot be reached",
      "{request} was not sent to the backend: {why}. Is the backend running? Retrying is safe."),
  ORIGIN_FAILED(
      502,
      Source.ORIGIN,
      "bad-gateway",
      "The backend broke off",
      "{request} was sent to the backend, but {why}. It only reads, so retrying is safe."),
  ORIGIN_TIMEOUT(
      504,
      Source.ORIGIN,
      "gateway-timeout",
      "The backend did not answer in time",
      "{request} was sent to the backend, but {why}. It only reads, so retrying is safe."),
  OUTCOME_UNKNOWN(
      502,
      Source.ORIGIN,
      "outcome-unknown",
      "The backend broke off while it had the request",
      "{request} was sent to the backend, but {why}. It may or may not have been applied: GET"
          + " the resource before you retry."),
  OUTCOME_UNKNOWN_TIMEOUT(
      504,
      Source.ORIGIN,
      "outcome-unknown",
      "The backend did not answer in time",
      "{request} was sent to the backend, but {why}. It may or may not have been applied: GET"
          + " the resource before you retry."),

  // the proxy itself
  EXCHANGE_TIMEOUT(
      504,
      Source.PROXY,
      "gateway-timeout",
      "The request took too long",
      "{request} was not sent to the backend: {why}. Retrying is safe."),
  SPOOL_FAILED(
      503,
      Source.PROXY,
      "busy",
      "The request body could not be stored",
      "{request} was not sent to the backend: {why}. Retrying is safe.");

  /** Whose doing a refusal is. */
  public enum Source {
    CLIENT,
    ORIGIN,
    LOCK,
    PROXY
  }

  private final int status;
  private final Source source;
  private final String type;
  private final String title;
  private final String detail;

  Refusal(int status, Source source, String type, String title, String detail) {
    this.status = status;
    this.source = source;
    this.type = type;
    this.title = title;
    this.detail = detail;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The status code that clients of a route with these codes expect. */
  public int status(StatusCodes codes) {
    if (this == MISSING) {
      return codes.missing();
    }
    return status == 412 && this != READ_PRECONDITION ? codes.stale() : status;
  }

  /** Who is the cause. */
  public Source source() {
    return source;
  }

  /** The problem type (RFC 9457 §3.1.1). */
  String type() {
    return "urn:ifmatch:problem:" + type;
  }

  /** The problem's title: the same for every occurrence. */
  String title() {
    return title;
  }

  /** The problem's detail, with its place holders. */
  String detail() {
    return detail;
  }

  /** Whether the request had been sent to the origin when it was refused. */
  boolean wasSent() {
    return switch (this) {
      case READ_PRECONDITION, ORIGIN_FAILED, ORIGIN_TIMEOUT -> true;
      default -> outcomeUnknown();
    };
  }

  /** Whether the request may have been carried out all the same. */
  public boolean outcomeUnknown() {
    return this == OUTCOME_UNKNOWN || this == OUTCOME_UNKNOWN_TIMEOUT;
  }

  /** Whether the same request, sent again unchanged, may succeed and can do no harm. */
  public boolean isRetryable() {
    return (status >= 502 && !outcomeUnknown()) || this == REQUEST_TIMEOUT;
  }

  /** Whether the client is told when to try again, in {@code Retry-After}. */
  public boolean hasRetryAfter() {
    return status == 503;
  }

  /** The {@code reason} member: {@code lock-timeout}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
