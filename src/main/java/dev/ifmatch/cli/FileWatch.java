package dev.ifmatch.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a configuration file from time to time, on a thread that does not keep Java alive. */
final class FileWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final ConfigurationSource source;
  private final Reloader reloader;

  private FileWatch(ConfigurationSource source, Reloader reloader) {
    this.source = source;
    this.reloader = reloader;
  }

  static void start(ConfigurationSource source, Reloader reloader) {
    Thread thread = new Thread(new FileWatch(source, reloader), "reload");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(reloader.running().reload().interval().toMillis());
        look();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** An error must not end the watch: nobody would notice that there is none any more. */
  private void look() {
    try {
      if (reloader.running().reload().watch() && source.hasChanged()) {
        reloader.reload("changed");
      }
      reloader.endGrace();
    } catch (RuntimeException e) {
      LOG.error("{}: not reloaded, after an unexpected error", source.file(), e);
    }
  }
}
