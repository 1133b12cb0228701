package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.exchange.Play.Step;
import dev.ifmatch.http.Method;
import dev.ifmatch.policy.Mode;
import java.util.List;
import java.util.Set;

/**
 * What holds in every order of events, worked out from the events alone. For one exchange: follows
 * its steps and knows at each what the lock, the origin and the client are at.
 */
final class WriteInvariants {
  private static final Set<String> TAGGED = Set.of("200", "201", "204");

  /** Answers of a gateway before the origin, which may still be carrying the write out. */
  private static final Set<String> UNDECIDED = Set.of("head 502", "head 504");

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
      decided = !UNDECIDED.contains(answerHead);
      overflown = event.equals("overflow");
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
      assertThat(held).as("forward under the lock").isTrue();
      assertThat(forwarded).as("forward twice").isFalse();
      assertThat(passes()).as("forward after '%s', '%s'", probeHead, probeBody).isTrue();
      forwarded = true;
    } else if (command.startsWith("relay") || command.startsWith("reply")) {
      answers++;
      assertThat(held).as("the lock is held while the client is answered").isFalse();
      if (forwarded && command.startsWith("relay")) {
        assertThat(command).isEqualTo("relay " + relayed());
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

  /** Whether what the probe saw last lets the write through. */
  private boolean passes() {
    if (plan.condition().isEmpty() && plan.mode() == Mode.OPTIONAL) {
      return true;
    }
    boolean absent = probeHead.equals("head 404");
    boolean own = probeHead.contains("\"own\"");
    boolean present = own || probeHead.equals("head 200");
    return switch (plan.condition()) {
      case "", "If-None-Match: *" -> absent;
      case "If-Match: *" -> present;
      case "If-Match: #v1" -> present && probeBody.equals("body v1");
      case "If-Match: \"own\"" -> own;
      default -> false; // a stale tag, a weak one
    };
  }

  /** The relayed head of the origin's answer, with the tag that it must have. */
  private String relayed() {
    List<String> words = List.of(answerHead.split(" ", 3));
    String status = words.get(1);
    String own = words.size() > 2 ? " " + words.get(2) : "";
    boolean changes = plan.method().equals(Method.PUT) || plan.method().equals(Method.PATCH);
    if (!changes || !TAGGED.contains(status)) {
      return status + own;
    }
    if (overflown || rereadBody.isEmpty()) {
      return status;
    }
    String rereadOwn = rereadHead.contains("\"own3\"") ? "\"own3\"" : "";
    if (rereadOwn.isEmpty() && !rereadHead.equals("head 200")) {
      return status; // in a coding that cannot be taken off
    }
    return status + " ETag: " + (rereadOwn.isEmpty() ? "#v3" : rereadOwn);
  }
}
