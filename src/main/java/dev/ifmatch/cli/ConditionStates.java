package dev.ifmatch.cli;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.HttpDate;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResourceState.Absent;
import dev.ifmatch.http.ResourceState.Present;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The states of a resource that make a difference to what a request asked. */
final class ConditionStates {
  static final EntityTag CURRENT = EntityTag.strong("current");
  static final EntityTag ANOTHER = EntityTag.strong("another");

  private ConditionStates() {}

  /** The states by what is said of them. */
  static Map<String, ResourceState> of(Preconditions asked) {
    Map<String, ResourceState> states = new LinkedHashMap<>();
    Optional<HttpDate> date = asked.ifUnmodifiedSince().or(asked::ifModifiedSince);
    Optional<EntityTag> named =
        Stream.of(asked.ifMatch(), asked.ifNoneMatch())
            .flatMap(Optional::stream)
            .flatMap(condition -> condition.tags().stream())
            .findFirst()
            .map(tag -> EntityTag.strong(tag.withoutCoding().opaque()));
    boolean tagged = asked.ifMatch().isPresent() || asked.ifNoneMatch().isPresent();
    if (named.isPresent()) {
      states.put("its ETag is " + named.get(), present(named.get(), date));
      states.put("its ETag is another", present(ANOTHER, date));
    } else if (tagged || date.isEmpty()) {
      states.put("it is there", present(CURRENT, date));
    } else {
      states.put("not modified since", present(CURRENT, date));
      states.put("modified since", present(CURRENT, date.map(ConditionStates::later)));
      states.put("without Last-Modified", present(CURRENT, Optional.empty()));
    }
    states.put("it is not there", new Absent());
    return states;
  }

  /** It has the tag {@link #CURRENT}. */
  static ResourceState there() {
    return present(CURRENT, Optional.empty());
  }

  /** It has the tag {@link #ANOTHER}. */
  static ResourceState changed() {
    return present(ANOTHER, Optional.empty());
  }

  private static HttpDate later(HttpDate date) {
    return new HttpDate(date.instant().plusSeconds(1));
  }

  private static ResourceState present(EntityTag tag, Optional<HttpDate> modified) {
    return new Present(Optional.empty(), Optional.of(tag), modified);
  }
}
