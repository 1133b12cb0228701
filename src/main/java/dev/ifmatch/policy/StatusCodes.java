package dev.ifmatch.policy;

/**
 * The status codes that clients of a route expect in the proxy's own answers to writes.
 *
 * @param stale for a precondition that does not hold: 400 to 499
 * @param missing for a write without a precondition where one is required: 400 to 499
 * @param unchanged for a write that changes nothing: 200 to 299, or 304
 */
public record StatusCodes(int stale, int missing, int unchanged) {
  /** As the standards have it (RFC 9110 §15.5.13, RFC 6585 §3). */
  public static final StatusCodes RFC = new StatusCodes(412, 428, 204);

  /** As conflicts: the style of many .NET tutorials. */
  public static final StatusCodes CONFLICT = new StatusCodes(409, 400, 304);

  /** One code for both: the style of Django's decorators. */
  public static final StatusCodes STRICT_412 = new StatusCodes(412, 412, 204);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a code is out of its range; the message says which
   */
  public StatusCodes {
    clientError(stale, "stale");
    clientError(missing, "missing");
    if ((unchanged < 200 || unchanged > 299) && unchanged != 304) {
      throw new IllegalArgumentException(
          "unchanged is %d; write 200 to 299, or 304".formatted(unchanged));
    }
  }

  private static void clientError(int code, String name) {
    if (code < 400 || code > 499) {
      throw new IllegalArgumentException("%s is %d; write 400 to 499".formatted(name, code));
    }
  }
}
