package dev.ifmatch.policy;

import java.util.List;

/**
 * The normalised identity of a resource, which is what is locked.
 *
 * <p>It errs towards equal: two spellings of one resource must meet in one key, while two resources
 * in one key only wait for each other. Every character that a path segment may hold stands for
 * itself, every other is percent-encoded: {@code joe%40a.org} meets {@code joe@a.org}. Case is
 * folded, and {@code %2F} and backslashes are slashes, since many servers do not tell them apart.
 * Dot segments are removed (RFC 3986 §6.2.2), repeated and trailing slashes, path parameters
 * ({@code ;x}) and the query left out.
 *
 * @param path the normalised path, starting with a slash
 */
public record ResourceKey(String path) {

  /** The key of a request target in origin-form, absolute-form or asterisk-form (RFC 9112 §3.2). */
  public static ResourceKey of(String target) {
    return new ResourceKey("/" + String.join("/", PathSegments.of(target).folded()));
  }

  /**
   * Whether servers read the target's path in different ways, so that no one key can stand for it:
   * what {@code ..} takes away depends on what counts as a segment before it, and {@code ;x%2Fb} is
   * one parameter to some, and the start of another segment to others.
   */
  public static boolean isAmbiguous(String target) {
    boolean perhaps =
        target.contains("..") || target.indexOf('%') >= 0 || target.indexOf('\\') >= 0;
    return perhaps && PathSegments.of(target).ambiguous();
  }

  /**
   * Both keys, or the one that they are, in the order in which everybody takes them: so that no two
   * who need both wait for each other.
   */
  static List<ResourceKey> inOrder(ResourceKey one, ResourceKey other) {
    int order = one.path.compareTo(other.path);
    if (order == 0) {
      return List.of(one);
    }
    return order < 0 ? List.of(one, other) : List.of(other, one);
  }

  @Override
  public String toString() {
    return path;
  }
}
