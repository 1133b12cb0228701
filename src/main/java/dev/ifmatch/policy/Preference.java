package dev.ifmatch.policy;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import java.util.Locale;

/** What a client would rather have, in {@code Prefer} (RFC 7240 §2). */
public final class Preference {
  /** The preference for a representation in the answer (RFC 7240 §4.2, RFC 8144 §2). */
  public static final String RETURN_REPRESENTATION = "return=representation";

  private static final String RETURN = "return=";

  private Preference() {}

  /** Whether a refused write is to be answered with the current representation. */
  public static boolean wantsRepresentation(Fields request) {
    return request.has(FieldName.PREFER) && asksForRepresentation(request);
  }

  private static boolean asksForRepresentation(Fields request) {
    return request.members(FieldName.PREFER).stream()
        .map(member -> member.split(";", 2)[0].replaceAll("[ \\t\"]", ""))
        .filter(preference -> preference.toLowerCase(Locale.ROOT).startsWith(RETURN))
        .findFirst() // the first of several counts (RFC 7240 §2)
        .filter(preference -> preference.substring(RETURN.length()).equals("representation"))
        .isPresent();
  }
}
