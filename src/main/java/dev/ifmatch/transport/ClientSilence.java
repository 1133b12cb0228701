package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/**
 * Notices that a client's connection has gone quiet: by how much of what is written for it was not
 * sent yet it tells one that reads slowly from one that does not read, and from one that has
 * nothing to read. Confined to the connection's event loop.
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
  private long unsentBytes;

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

  private void look() {
    long before = unsentBytes;
    unsentBytes = unsentBytes();
    if (unsentBytes > 0 && unsentBytes == before) {
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
