package dev.ifmatch.policy;

import java.util.Locale;

/**
 * Every answer that the proxy gives of its own: what kind of problem it is, who is the cause,
 * whether the request had been sent to the origin, whether it is safe to send it again as it is,
 * and its words.
 *
 * <p>In the words, {@code {request}} stands for method and target, {@code {target}} for the target,
 * {@code {why}} for what the place that refuses knows in addition.
 */
public enum Refusal {
  // the client's request cannot be taken as it is
  MALFORMED_REQUEST(
      ProblemType.BAD_REQUEST,
      RefusalSource.CLIENT,
      "The request is not well-formed HTTP",
      "{request} was not sent to the backend. What is wrong with it: {why}."),
  AMBIGUOUS_TARGET(
      ProblemType.BAD_REQUEST,
      RefusalSource.CLIENT,
      "The path can be read in more than one way",
      "{request} was not sent to the backend: its path holds a \"..\" segment, or an encoded slash"
          + " behind a semicolon, which servers read differently. Send the path that it stands for."),
  MALFORMED_PRECONDITION(
      ProblemType.BAD_REQUEST,
      RefusalSource.CLIENT,
      "A precondition cannot be read",
      "{request} was not sent to the backend. {why}. In If-Match and If-None-Match, send the"
          + " ETag exactly as a GET returned it, with its double quotes."),
  CONNECT_NOT_SUPPORTED(
      ProblemType.METHOD_NOT_ALLOWED,
      RefusalSource.CLIENT,
      "CONNECT is not supported",
      "This is a reverse proxy in front of one backend and opens no tunnels. Send requests to it"
          + " as if it were the backend; do not set it as your client's HTTP proxy."),
  REQUEST_TIMEOUT(
      ProblemType.REQUEST_TIMEOUT,
      RefusalSource.CLIENT,
      "The request did not arrive in time",
      "{request} was not sent to the backend: {why}. Retrying is safe."),
  BODY_MALFORMED(
      ProblemType.BAD_REQUEST,
      RefusalSource.CLIENT,
      "The rest of the request is not well-formed HTTP",
      "{request} was sent to the backend in part only: {why}. See what came of it before a retry."),
  BODY_TIMEOUT(
      ProblemType.REQUEST_TIMEOUT,
      RefusalSource.CLIENT,
      "The rest of the request did not arrive in time",
      "{request} was sent to the backend in part only: {why}. See what came of it before a retry."),
  BODY_TOO_LARGE(
      ProblemType.CONTENT_TOO_LARGE,
      RefusalSource.CLIENT,
      "The request body is too large",
      "The body of {request} is not accepted: {why}. Nothing was sent to the backend. Send a"
          + " smaller body, or have the proxy's limit raised."),
  TARGET_TOO_LONG(
      ProblemType.URI_TOO_LONG,
      RefusalSource.CLIENT,
      "The request target is too long",
      "The path with its query is not accepted: {why}. Nothing was sent to the backend. Shorten"
          + " the query, or send it as a body."),
  HEAD_TOO_LARGE(
      ProblemType.REQUEST_HEADER_FIELDS_TOO_LARGE,
      RefusalSource.CLIENT,
      "The request head is too large",
      "The request line with all header fields is not accepted: {why}. Nothing was sent to the"
          + " backend. Often cookies are the cause: clear those of this host."),
  UNKNOWN_TRANSFER_CODING(
      ProblemType.NOT_IMPLEMENTED,
      RefusalSource.CLIENT,
      "The transfer coding is not supported",
      "{request} was not sent to the backend: it came with {why}. Send the body with"
          + " Content-Length or with Transfer-Encoding: chunked."),

  // the precondition does not hold
  STALE(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "The resource has changed since you read it",
      "{request} was not sent to the backend: your If-Match is not its current version. GET it"
          + " again, apply your change to that, and send it with the new ETag."),
  ALREADY_APPLIED(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "Your change is there already",
      "{request} was not sent to the backend: your If-Match is not its current version, but what"
          + " you sent is. It was a retry, most likely: there is nothing left to do."),
  WEAK_TAG(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "A weak ETag cannot be used in If-Match",
      "{request} was not sent to the backend: your If-Match holds the current version's ETag,"
          + " but as a weak one (W/\"…\"), and weak ones never match there. Send it as this"
          + " answer's ETag header has it. If no GET returned it weak, a proxy or CDN on the way"
          + " weakened it."),
  ABSENT(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "The resource does not exist",
      "{request} was not sent to the backend: it was made from an existing version, but the"
          + " resource was deleted or never existed. To create it, send If-None-Match: * in"
          + " place of the precondition you sent."),
  EXISTS(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "The resource exists already",
      "{request} was not sent to the backend: your If-None-Match rules out the version that is"
          + " there. To change that, GET it, apply your change, and send it with If-Match and"
          + " its ETag."),
  MODIFIED(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "The resource was modified after your date",
      "{request} was not sent to the backend: the resource was modified after your"
          + " If-Unmodified-Since. GET it again, apply your change to that, and send it with"
          + " If-Match and its ETag."),
  UNDATED(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "If-Unmodified-Since cannot be checked",
      "{request} was not sent to the backend: the backend sends no Last-Modified to compare your"
          + " If-Unmodified-Since with. Send If-Match with the ETag of a GET instead."),
  READ_PRECONDITION(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.CLIENT,
      "The current version is not the one you asked for",
      "{request} found another version than your If-Match or If-Unmodified-Since names. Leave"
          + " that header out to get the current version."),
  UNVERIFIABLE(
      ProblemType.PRECONDITION_FAILED,
      RefusalSource.ORIGIN,
      "The current version cannot be determined",
      "{request} was not sent to the backend: {why}, so there is no version to compare with."
          + " Only a resource that answers GET with 200 can be written through this proxy."),
  MISSING(
      ProblemType.PRECONDITION_REQUIRED,
      RefusalSource.CLIENT,
      "This write needs an If-Match header",
      "{request} was not sent to the backend. GET {target} first and send its ETag back, e.g. "
          + " If-Match: {why}"),

  // the lock
  LOCK_TIMEOUT(
      ProblemType.BUSY,
      RefusalSource.LOCK,
      "Other writes to this resource are in progress",
      "{request} was not sent to the backend: it waited {why} for other writes to finish."
          + " Retrying is safe."),
  LOCK_QUEUE_FULL(
      ProblemType.BUSY,
      RefusalSource.LOCK,
      "Too many writes to this resource are waiting",
      "{request} was not sent to the backend: {why}. Retrying is safe."),

  // the backend
  ORIGIN_BUSY(
      ProblemType.BUSY,
      RefusalSource.PROXY,
      "Too many requests are at the backend",
      "{request} was not sent to the backend: {why}. Retrying is safe."),
  PROBE_FAILED(
      ProblemType.BAD_GATEWAY,
      RefusalSource.ORIGIN,
      "The current version could not be read",
      "Before {request}, the proxy reads the current version, but {why}. Nothing was written;"
          + " retrying is safe."),
  PROBE_TIMEOUT(
      ProblemType.GATEWAY_TIMEOUT,
      RefusalSource.ORIGIN,
      "The current version could not be read in time",
      "Before {request}, the proxy reads the current version, but {why}. Nothing was written;"
          + " retrying is safe."),
  ORIGIN_UNREACHABLE(
      ProblemType.BAD_GATEWAY,
      RefusalSource.ORIGIN,
      "The backend cannot be reached",
      "{request} was not sent to the backend: {why}. Is the backend running? Retrying is safe."),
  ORIGIN_FAILED(
      ProblemType.BAD_GATEWAY,
      RefusalSource.ORIGIN,
      "The backend broke off",
      "{request} was sent to the backend, but {why}. It only reads, so retrying is safe."),
  ORIGIN_TIMEOUT(
      ProblemType.GATEWAY_TIMEOUT,
      RefusalSource.ORIGIN,
      "The backend did not answer in time",
      "{request} was sent to the backend, but {why}. It only reads, so retrying is safe."),
  OUTCOME_UNKNOWN(
      ProblemType.OUTCOME_UNKNOWN,
      RefusalSource.ORIGIN,
      "The backend broke off while it had the request",
      "{request} was sent to the backend, but {why}. It may or may not have been applied: GET"
          + " the resource before you retry."),
  OUTCOME_UNKNOWN_TIMEOUT(
      ProblemType.OUTCOME_UNKNOWN_TIMEOUT,
      RefusalSource.ORIGIN,
      "The backend did not answer in time",
      "{request} was sent to the backend, but {why}. It may or may not have been applied: GET"
          + " the resource before you retry."),

  // the proxy itself
  EXCHANGE_TIMEOUT(
      ProblemType.GATEWAY_TIMEOUT,
      RefusalSource.PROXY,
      "The request took too long",
      "{request} was not sent to the backend: {why}. Retrying is safe."),
  SPOOL_FAILED(
      ProblemType.BUSY,
      RefusalSource.PROXY,
      "The request body could not be stored",
      "{request} was not sent to the backend: {why}. Retrying is safe.");

  private final ProblemType type;
  private final RefusalSource source;
  private final String title;
  private final String detail;

  Refusal(ProblemType type, RefusalSource source, String title, String detail) {
    this.type = type;
    this.source = source;
    this.title = title;
    this.detail = detail;
  }

  /** The status code. */
  public int status() {
    return type.status();
  }

  /** The status code that clients of a route with these codes expect. */
  public int status(StatusCodes codes) {
    if (this == MISSING) {
      return codes.missing();
    }
    return type == ProblemType.PRECONDITION_FAILED && this != READ_PRECONDITION
        ? codes.stale()
        : status();
  }

  /** Who is the cause. */
  public RefusalSource source() {
    return source;
  }

  /** The problem type (RFC 9457 §3.1.1). */
  String type() {
    return type.toString();
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
      case BODY_MALFORMED, BODY_TIMEOUT, READ_PRECONDITION, ORIGIN_FAILED, ORIGIN_TIMEOUT -> true;
      default -> outcomeUnknown();
    };
  }

  /** The same where a part of the request had been sent. */
  public Refusal inPart() {
    return this == MALFORMED_REQUEST
        ? BODY_MALFORMED
        : this == REQUEST_TIMEOUT ? BODY_TIMEOUT : this;
  }

  /** Whether the request may have been carried out all the same. */
  public boolean outcomeUnknown() {
    return type.outcomeUnknown();
  }

  /** Whether the same request, sent again unchanged, may succeed and can do no harm. */
  public boolean isRetryable() {
    return (status() >= 502 && !outcomeUnknown()) || this == REQUEST_TIMEOUT;
  }

  /** Whether the client is told when to try again, in {@code Retry-After}. */
  public boolean hasRetryAfter() {
    return type == ProblemType.BUSY;
  }

  /** The {@code reason} member: {@code lock-timeout}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
