package dev.ifmatch.config;

import java.time.Duration;

/**
 * How a running proxy takes up a changed configuration.
 *
 * @param watch whether it looks for changes itself, and not only when it gets SIGHUP
 * @param interval how often it looks; a change is taken up when it was seen twice
 * @param saltGrace how long the tags of a former salt are accepted, from the start or the reload
 *     that named it
 */
public record Reload(boolean watch, Duration interval, Duration saltGrace) {
  /** What holds where nothing else is said. */
  public static final Reload DEFAULT = new Reload(true, Duration.ofSeconds(1), Duration.ofHours(1));
}
