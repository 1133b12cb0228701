package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadProgressTest {
  private final ReadProgress progress = new ReadProgress();

  @Test
  void whoHasNothingToReadHasNotStopped() {
    assertThat(progress.hasStopped(0)).isFalse();
    assertThat(progress.hasStopped(0)).isFalse();
  }

  @Test
  void whoReadsNothingBetweenTwoLooksHasStopped() {
    assertThat(progress.hasStopped(7)).isFalse();
    assertThat(progress.hasStopped(7)).isTrue();
  }

  @Test
  void lessOrMoreThanBeforeIsNoStop() {
    assertThat(progress.hasStopped(7)).isFalse();
    assertThat(progress.hasStopped(6)).isFalse();
    assertThat(progress.hasStopped(8)).isFalse();
  }

  /** A backend's pieces are all of one size. */
  @Test
  void whatWasReadMayHaveBeenWrittenAnew() {
    assertThat(progress.hasStopped(7)).isFalse();
    progress.onWritable();
    assertThat(progress.hasStopped(7)).isFalse();
    assertThat(progress.hasStopped(7)).isTrue();
  }
}
