package dev.ifmatch.policy;

/**
 * What kind of problem a refusal is: what clients tell refusals apart by that know no more of this
 * proxy than a status code and a problem type (RFC 9457 §3.1.1).
 */
enum ProblemType {
  BAD_REQUEST(400, "bad-request"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed"),
  REQUEST_TIMEOUT(408, "request-timeout"),
  PRECONDITION_FAILED(412, "precondition-failed"),
  CONTENT_TOO_LARGE(413, "content-too-large"),
  URI_TOO_LONG(414, "uri-too-long"),
  PRECONDITION_REQUIRED(428, "precondition-required"),
  REQUEST_HEADER_FIELDS_TOO_LARGE(431, "request-header-fields-too-large"),
  NOT_IMPLEMENTED(501, "not-implemented"),
  BAD_GATEWAY(502, "bad-gateway"),
  BUSY(503, "busy"),
  GATEWAY_TIMEOUT(504, "gateway-timeout"),
  /** The request may have been carried out all the same, although the connection broke. */
  OUTCOME_UNKNOWN(502, "outcome-unknown"),
  /** The same, where it took too long. Clients are to do the same then, so it has the same name. */
  OUTCOME_UNKNOWN_TIMEOUT(504, "outcome-unknown");

  private final int status;
  private final String urn;

  ProblemType(int status, String name) {
    this.status = status;
    this.urn = "urn:ifmatch:problem:" + name;
  }

  /** The status code. */
  int status() {
    return status;
  }

  /** Whether the request may have been carried out all the same. */
  boolean outcomeUnknown() {
    return this == OUTCOME_UNKNOWN || this == OUTCOME_UNKNOWN_TIMEOUT;
  }

  /** The URN that names it. */
  @Override
  public String toString() {
    return urn;
  }
}
