package dev.ifmatch.policy;

import dev.ifmatch.http.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests are treated how.
 *
 * @param path the paths it is for
 * @param methods the methods it is for; empty for all. An unsafe method that is named is a guarded
 *     write, POST too
 * @param guard the resource whose state is checked and locked, when not the target itself; every
 *     unsafe request of such a route is a guarded write, and its reads carry no tag of ours, but
 *     for those of the guard itself
 * @param policy how they are treated
 */
public record Route(
    PathTemplate path, Set<Method> methods, Optional<TargetTemplate> guard, RoutePolicy policy) {

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException if a target has a variable that the path has not
   */
  public Route {
    methods = Set.copyOf(methods);
    guard.ifPresent(target -> requireKnown(path, target));
    policy.probe().path().ifPresent(target -> requireKnown(path, target));
  }

  private static void requireKnown(PathTemplate path, TargetTemplate target) {
    Set<String> unknown = new HashSet<>(target.variables());
    unknown.removeAll(path.variables());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the path %s has no variable {%s}"
              .formatted(target, path, unknown.iterator().next()));
    }
  }

  /** Whether an unsafe request with this method is a guarded write even without a precondition. */
  boolean guards(Method method) {
    return guard.isPresent() || method.isWrite() || methods.contains(method);
  }
}
