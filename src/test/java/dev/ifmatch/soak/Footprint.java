package dev.ifmatch.soak;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param files how many files and sockets are open
 * @param temporaryFiles how many files of the program there are where temporary ones are
 * @param threads their names
 * @param heapBytes what is in use once nothing unused is
 */
record Footprint(long files, long temporaryFiles, List<String> threads, long heapBytes) {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final int COLLECTIONS = 3;

  static Footprint now() throws IOException {
    return new Footprint(openFiles(), filesOfTheProgram(), threadNames(), heap());
  }

  static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.count();
    }
  }

  private static long filesOfTheProgram() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("ifmatch-"))
          .count();
    }
  }

  /** Of all but those that the platform starts for itself. */
  static List<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() != null)
        .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
        .map(Thread::getName)
        .sorted()
        .toList();
  }

  /** How many of Netty's buffers are in use; those that threads keep for later count. */
  static long buffers() {
    PooledByteBufAllocatorMetric metric = PooledByteBufAllocator.DEFAULT.metric();
    return Stream.concat(metric.directArenas().stream(), metric.heapArenas().stream())
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }

  private static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
