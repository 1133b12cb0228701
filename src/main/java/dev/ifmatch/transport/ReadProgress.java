package dev.ifmatch.transport;

/**
 * Tells a client that reads its answer slowly from one that does not read it. How much is unsent
 * does not tell alone: what was read may have been written anew, to the byte. Confined to one event
 * loop.
 */
final class ReadProgress {
  private long unsentBytes;
  private boolean read;

  /** More can be written than before, so something was read. */
  void onWritable() {
    read = true;
  }

  /**
   * Looks again.
   *
   * @param unsent how many bytes are written for the client but not sent
   * @return whether there is something to read, of which nothing was read since the last look
   */
  boolean hasStopped(long unsent) {
    boolean stopped = unsent > 0 && unsent == unsentBytes && !read;
    unsentBytes = unsent;
    read = false;
    return stopped;
  }
}
