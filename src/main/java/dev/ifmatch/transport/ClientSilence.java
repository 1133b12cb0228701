package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/**
 * Notices that a client's connection has gone quiet: that it does not read, or has nothing to read
 * and does not send. Confined to the connection's event loop.
 */
final class ClientSilence {

  /** Who is told. Nothing is told again before {@link #touch}. */
  interface Listener {
    /** The client has read nothing of its answer since the last look. */
    void onNothingRead();

    /** There is nothing that the client has to read, and it has sent nothing. */
    void onNothingSent();
  }

  private final Channel channel;
  private final Listener listener;
  private final Deadline deadline;
  private final ReadProgress progress = new ReadProgress();

  /**
   * Looks at nothing before the first {@link #touch}.
   *
   * @param time how long a client may be silent
   */
  ClientSilence(Channel channel, Duration time, Listener listener) {
    this.channel = channel;
    this.listener = listener;
    this.deadline = new Deadline(channel.eventLoop(), time, this::look);
  }

  /** Something happened: the time counts from now. */
  void touch() {
    deadline.touch();
  }

  /** Looks no more, until it is touched again. */
  void stop() {
    deadline.stop();
  }

  /** More can be written for the client than before. */
  void onWritable() {
    progress.onWritable();
  }

  private void look() {
    long unsentBytes = unsentBytes();
    if (progress.hasStopped(unsentBytes)) {
      listener.onNothingRead();
    } else if (unsentBytes > 0) {
      deadline.touch();
    } else {
      listener.onNothingSent();
    }
  }

  private long unsentBytes() {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return unsent == null ? 0 : unsent.totalPendingWriteBytes();
  }
}
