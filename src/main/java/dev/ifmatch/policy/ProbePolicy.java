package dev.ifmatch.policy;

import dev.ifmatch.http.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the current representation is read before a write, where it differs from a plain GET.
 *
 * @param fields set on the probe, in place of the writer's fields of the same names
 * @param accept what the probe asks for in {@code Accept}, whatever the writer sent
 * @param path where the representation is read, when not at the resource itself; it must answer
 *     with the same representation, as far as the tag looks at it
 * @param timeout how long the origin may be silent during a probe, when not as long as otherwise
 */
public record ProbePolicy(
    List<Field> fields,
    Optional<String> accept,
    Optional<TargetTemplate> path,
    Optional<Duration> timeout) {

  /** A plain GET. */
  public static final ProbePolicy PLAIN =
      new ProbePolicy(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Copies the list. */
  public ProbePolicy {
    fields = List.copyOf(fields);
  }

  /**
   * Whether a probe shows what the writer itself would read. Else nothing of it is shown: other
   * credentials may see more, another path is another resource.
   */
  public boolean isTheWritersOwn() {
    return fields.isEmpty() && path.isEmpty();
  }
}
