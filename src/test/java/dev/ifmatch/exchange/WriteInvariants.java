package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.exchange.Play.Step;
import dev.ifmatch.exchange.WriteOrders.Variation;
import dev.ifmatch.http.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What holds in every order of events, worked out from the events alone. For one exchange: follows
 * its steps and knows at each what the lock, the origin and the client are at.
 */
final class WriteInvariants {
  private static final Set<String> TAGGED = Set.of("200", "201", "204");

  /** Answers of a gateway before the origin, which may still be carrying the write out. */
  private static final Set<String> UNDECIDED = Set.of("head 502", "head 504");

  private static final Set<String> FAILURES = Set.of("unreachable", "broken off", "timed out");

  private static final Set<String> UNVERIFIABLE =
      Set.of(
          "head 405", "head 200 Content-Encoding: br", "head 200 Content-Type: text/event-stream");

  private final WriteOrders plan;
  private boolean held;
  private int releases;
  private int abandonments;
  private int answers;
  private boolean granted;
  private boolean waits;
  private boolean clientGone;
  private boolean forwarded;
  private boolean decided;
  private boolean overflown;
  private boolean lockRefused;
  private String probeHead = "";
  private String probeBody = "";
  private String answerHead = "";
  private String rereadHead = "";
  private String rereadBody = "";

  WriteInvariants(WriteOrders plan) {
    this.plan = plan;
  }

  void check(Play play) {
    for (Step step : play.steps()) {
      happens(step.event().name());
      step.commands().forEach(this::isCommanded);
    }
    if (!meetsOriginsOwnAnswer()) {
      int expected = observes() && forwarded && !passesStrictly() ? 1 : 0;
      assertThat(play.observed()).as("what is observed").hasSize(expected);
    }
    if (play.isOver()) {
      assertThat(held).as("the lock is held at the end").isFalse();
      assertThat(releases).as("releases of a granted lock").isEqualTo(granted ? 1 : 0);
      assertThat(waits && clientGone).as("a claim is forgotten").isFalse();
      assertThat(answers).as("answers").isEqualTo(clientGone ? 0 : 1);
    }
  }

  private void happens(String event) {
    if (event.startsWith("granted")) {
      granted = true;
      held = true;
      waits = false;
    } else if (event.equals("lock refused")) {
      lockRefused = true;
      probeHead = event;
      waits = false;
    } else if (event.equals("client gone")) {
      clientGone = true;
    } else if (event.startsWith("head ")) {
      if (forwarded && answerHead.isEmpty()) {
        answerHead = event;
      } else if (forwarded) {
        rereadHead = event;
      } else {
        probeHead = event;
        probeBody = "";
      }
    } else if (event.startsWith("body v")) {
      probeBody = forwarded ? probeBody : event;
      rereadBody = forwarded ? event : "";
    } else if (event.equals("body done") || event.equals("overflow")) {
      decided = forwarded && !UNDECIDED.contains(answerHead);
      overflown = forwarded && event.equals("overflow");
    } else if (FAILURES.contains(event) && !forwarded) {
      probeHead = event;
    } else if (event.equals("unreachable") && answerHead.isEmpty()) {
      decided = true;
    }
  }

  private void isCommanded(String command) {
    if (command.startsWith("acquireLock")) {
      waits = true;
    } else if (command.equals("abandonLock")) {
      assertThat(waits && clientGone && ++abandonments == 1).as("an abandonment").isTrue();
      waits = false;
    } else if (command.startsWith("releaseLock")) {
      isReleased(command);
    } else if (command.startsWith("forward")) {
      assertThat(held || (observes() && lockRefused)).as("forward under the lock").isTrue();
      assertThat(forwarded).as("forward twice").isFalse();
      assertThat(passes()).as("forward after '%s', '%s'", probeHead, probeBody).isTrue();
      forwarded = true;
    } else if (command.startsWith("relay") || command.startsWith("reply")) {
      answers++;
      assertThat(held).as("the lock is held while the client is answered").isFalse();
      if (forwarded && command.startsWith("relay")) {
        assertThat(command).isEqualTo("relay " + relayed());
      } else if (command.startsWith("relayHead")) {
        assertThat(isSatisfied()).as("answered in the origin's place").isTrue();
      } else if (command.startsWith("relay 412")) {
        assertThat(plan.variation()).as("shown").isEqualTo(Variation.SHOWN);
        assertThat(passes()).as("refused after '%s', '%s'", probeHead, probeBody).isFalse();
      }
    }
  }

  private void isReleased(String command) {
    boolean undecided = forwarded && !decided;
    assertThat(held && ++releases == 1).as("a release").isTrue();
    assertThat(command.equals("releaseLockAfterGrace"))
        .as("the lock is kept for a while just where the origin may still write")
        .isEqualTo(undecided);
    held = false;
  }

  /** Whether the probe's own answer is what the write would have met. */
  private boolean meetsOriginsOwnAnswer() {
    boolean gone = probeHead.equals("head 404") && plan.condition().contains("#");
    return probeHead.equals("head 401") || (gone && !plan.method().equals(Method.PUT));
  }

  private boolean observes() {
    return plan.variation() == Variation.OBSERVE;
  }

  /** Whether the write may go on. */
  private boolean passes() {
    boolean unverifiable =
        UNVERIFIABLE.contains(probeHead)
            && plan.variation() == Variation.UNVERIFIABLE_ALLOWED
            && !probeHead.isEmpty();
    return observes() || unverifiable || (passesStrictly() && !isSatisfied());
  }

  /** Whether what the probe saw last lets the write through. */
  private boolean passesStrictly() {
    if (plan.condition().isEmpty() && plan.variation() == Variation.OPTIONAL) {
      return true;
    }
    boolean absent = probeHead.equals("head 404");
    boolean own = probeHead.contains("\"own\"");
    boolean present = isPresent();
    return switch (plan.condition()) {
      case "", "If-None-Match: *" -> absent;
      case "If-Match: *" -> present;
      case "If-Match: #v1" -> present && probeBody.equals("body v1");
      case "If-Match: \"own\"" -> own;
      default -> false; // a stale tag, a weak one
    };
  }

  private boolean isPresent() {
    return probeHead.equals("head 200") || probeHead.contains("\"own\"");
  }

  /** Whether the current state is what was sent, and the route takes that for an answer. */
  private boolean isSatisfied() {
    boolean same = isPresent() && probeBody.equals("body " + WriteOrders.SENT);
    boolean noOp = plan.variation() == Variation.NO_OP && passesStrictly();
    boolean applied =
        plan.variation() == Variation.APPLIED_ACCEPTED && plan.condition().equals("If-Match: #v0");
    return same && (noOp || applied);
  }

  /** The relayed head of the origin's answer, with the tag that it must have. */
  private String relayed() {
    List<String> words = List.of(answerHead.split(" ", 3));
    String status = words.get(1);
    String own = words.size() > 2 ? " " + words.get(2) : "";
    if (!changes() || !TAGGED.contains(status)) {
      return status + own;
    }
    if (plan.variation() == Variation.GUARDED) {
      return status + own + newTag().map(tag -> " Guard-ETag: " + tag).orElse("");
    }
    return status + newTag().map(tag -> " ETag: " + tag).orElse("");
  }

  private boolean changes() {
    boolean keeps = plan.method().equals(Method.PUT) || plan.method().equals(Method.PATCH);
    return keeps || plan.variation() == Variation.GUARDED;
  }

  private Optional<String> newTag() {
    boolean unread = overflown || rereadBody.isEmpty();
    boolean untold =
        plan.variation() == Variation.VERBATIM && !rereadBody.equals("body " + WriteOrders.SENT);
    if (unread || untold || plan.variation() == Variation.UNTAGGED) {
      return Optional.empty();
    }
    if (rereadHead.contains("\"own3\"")) {
      return Optional.of("\"own3\"");
    }
    return rereadHead.equals("head 200")
        ? Optional.of("#" + rereadBody.substring("body ".length()))
        : Optional.empty(); // in a coding that cannot be taken off
  }
}
