package dev.ifmatch.cli;

import dev.ifmatch.config.LogLevel;
import java.lang.reflect.Field;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** How much the program's own loggers say; those of libraries stay at {@code warn}. */
final class LogLevels {
  private static final String OURS = "dev.ifmatch";

  private LogLevels() {}

  /** For the loggers that are made from now on. */
  static void start(LogLevel level) {
    System.setProperty("org.slf4j.simpleLogger.log." + OURS, level.toString());
  }

  /**
   * For those too that there are. SLF4J's simple logger has no method for that.
   *
   * @throws ReflectiveOperationException if it is not made as it was when this was written
   */
  static void change(LogLevel level) throws ReflectiveOperationException {
    start(level);
    Object factory = LoggerFactory.getILoggerFactory();
    Field loggers = factory.getClass().getDeclaredField("loggerMap");
    loggers.setAccessible(true);
    Field levelOf = LoggerFactory.getLogger(OURS).getClass().getDeclaredField("currentLogLevel");
    levelOf.setAccessible(true);
    for (Object logger : ((Map<?, ?>) loggers.get(factory)).values()) {
      if (((Logger) logger).getName().startsWith(OURS)) {
        levelOf.setInt(logger, Level.valueOf(level.name()).toInt());
      }
    }
  }
}
