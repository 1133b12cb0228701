package dev.ifmatch.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Looks host names up, and takes its time for it. Thread-safe. */
@FunctionalInterface
interface NameService extends AutoCloseable {

  /**
   * Where a name leads to.
   *
   * @param addresses one at least
   * @param holds how long that holds
   */
  record Answer(List<InetAddress> addresses, Duration holds) {}

  /**
   * Looks a name up; blocks.
   *
   * @throws UnknownHostException if there is no answer; the message says why
   */
  Answer lookUp(String host) throws UnknownHostException, InterruptedException;

  @Override
  default void close() {}
}
