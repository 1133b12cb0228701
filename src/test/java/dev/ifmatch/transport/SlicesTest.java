package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.exchange.BodyObserver;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes long is done between the turns of others. */
class SlicesTest {
  private final EventLoop loop = new DefaultEventLoop();
  private final List<String> log = new ArrayList<>();
  private final Slices slices = new Slices(loop, bug -> log.add("bug " + bug.getMessage()));

  /** Needs some slices, and gives the loop something else to do in each. */
  private final class Work implements BodyObserver {
    private int left;
    private Runnable each = () -> loop.execute(() -> log.add("other"));

    Work(int slices) {
      left = slices;
    }

    Work during(Runnable slice) {
      each = slice;
      return this;
    }

    @Override
    public void onBytes(ByteBuffer view) {
      throw new AssertionError("no more bytes come");
    }

    @Override
    public boolean finish() {
      log.add("slice");
      each.run();
      return --left == 0;
    }
  }

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void finish(BodyObserver observer) {
    slices.finish(observer, () -> log.add("then"));
  }

  private void play(Runnable first) throws Exception {
    loop.submit(first).get();
    for (int turn = 0; turn < 20; turn++) {
      loop.schedule(() -> {}, 0, TimeUnit.NANOSECONDS).get();
    }
  }

  @Test
  void whatNeedsNothingIsDoneAtOnce() throws Exception {
    play(
        () -> {
          finish(BodyObserver.NONE);
          log.add("returned");
        });
    assertThat(log).containsExactly("then", "returned");
  }

  @Test
  void othersHaveTheirTurnBetweenTwoSlices() throws Exception {
    play(() -> finish(new Work(3)));
    assertThat(log).containsExactly("slice", "other", "slice", "other", "slice", "then", "other");
  }

  @Test
  void whatIsCancelledIsNeverFinished() throws Exception {
    play(
        () -> {
          finish(new Work(3).during(() -> {}));
          slices.cancel();
        });
    assertThat(log).containsExactly("slice");
  }

  @Test
  void canBeCancelledFromBetween() throws Exception {
    play(() -> finish(new Work(9).during(() -> loop.execute(slices::cancel))));
    assertThat(log).containsExactly("slice");
  }

  @Test
  void anErrorEndsIt() throws Exception {
    Work failing = new Work(3);
    failing.during(
        () -> {
          if (failing.left == 2) {
            throw new IllegalStateException("in a slice");
          }
        });
    play(() -> finish(failing));
    assertThat(log).containsExactly("slice", "slice", "bug in a slice");
  }

  @Test
  void oneCanFollowAnother() throws Exception {
    play(() -> slices.finish(new Work(2).during(() -> {}), () -> finish(new Work(1))));
    assertThat(log).containsExactly("slice", "slice", "slice", "then", "other");
  }
}
