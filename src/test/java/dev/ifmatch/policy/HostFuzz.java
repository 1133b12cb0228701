package dev.ifmatch.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.Optional;
import java.util.regex.Pattern;

/** Any text names a host just if the grammar says so, as a field and within a target. */
public final class HostFuzz {
  private static final int MOST_CHARACTERS = 2000;

  /** RFC 3986 §3.2.2, with an address in brackets looked at no closer than by its characters. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})++|\\[[0-9A-Fa-f:.]++])"
              + "(?::[0-9]{0,5})?");

  private HostFuzz() {}

  /** Reads the input as a {@code Host}, and as what follows the scheme of a target. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    if (text.length() <= MOST_CHARACTERS) {
      boolean valid = HOST.matcher(text).matches();
      Claim.that(Authority.isValid(text) == valid, "names a host just if it is one", text);
      Claim.that(isLetIn("/", text) == valid, "is let in just if it is one", text);
      target(text);
    }
  }

  private static void target(String text) {
    String target = "http://" + text;
    String authority = Admission.authority(target).orElse("");
    Claim.that(text.startsWith(authority), "the authority comes first", text);
    if (isLetIn(target, "h")) {
      Claim.that(HOST.matcher(authority).matches(), "a host that is let in is one", text);
      String origin = Admission.originForm(target);
      String rest = text.substring(authority.length());
      String expected = rest.startsWith("/") ? rest : "/" + rest;
      Claim.that(origin.equals(expected), "only the authority is taken off", text);
      Claim.that(isLetIn(origin, authority), "what is forwarded could have been sent", text);
      ResourceKey key = ResourceKey.of(origin);
      Claim.that(ResourceKey.of(target).equals(key), "the host is no part of the key", text);
    }
  }

  private static boolean isLetIn(String target, String host) {
    RequestHead head = new RequestHead(Method.GET, target, FieldList.of("Host", host));
    Optional<Problem> refused = Admission.refuse(head, 1);
    return refused.isEmpty();
  }
}
