package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.representation.JsonChanges;
import java.util.List;
import java.util.Optional;

/** The representation that a write was made from, where it is still kept. */
final class LastRead {
  private final Plan.Write plan;
  private final RecentBodies recent;
  private final Optional<byte[]> body;

  LastRead(Plan.Write plan, RecentBodies recent) {
    this.plan = plan;
    this.recent = recent;
    this.body =
        wanted()
            ? plan.conditions().ifMatch().stream()
                .flatMap(condition -> condition.tags().stream())
                .flatMap(tag -> recent.find(plan.key(), tag).stream())
                .findFirst()
            : Optional.empty();
  }

  /** Whether bodies are kept on this route. */
  boolean wanted() {
    return plan.policy().conflict().changes() && plan.policy().probe().isTheWritersOwn();
  }

  boolean isKnown() {
    return body.isPresent();
  }

  /** What has changed since; every pointer can be followed in the body that is there now. */
  Optional<List<String>> changes(Optional<byte[]> now) {
    return body.flatMap(
        then -> now.flatMap(there -> JsonChanges.between(then, there, plan.guarded().tag())));
  }

  /** Keeps what the writer will make its next write from. */
  void replace(Optional<ResourceState> state, Optional<byte[]> now) {
    Optional<EntityTag> tag = state.flatMap(ResourceState::announcedTag);
    if (wanted() && tag.isPresent() && now.isPresent()) {
      recent.keep(plan.key(), tag.get(), now.get());
    }
  }
}
