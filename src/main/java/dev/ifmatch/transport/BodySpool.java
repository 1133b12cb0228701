package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a request body until it is forwarded: the first part in memory, the rest in a temporary
 * file that goes with it. Written to its end, then read once. Not thread-safe.
 */
final class BodySpool implements AutoCloseable {
  private static final int PIECE_BYTES = 64 << 10;

  private final int memoryBytes;
  private final Pieces memory = new Pieces();
  private FileChannel file;
  private long size;
  private long fileSize;
  private long filePosition;

  /** An empty spool that holds up to {@code memoryBytes} in memory. */
  BodySpool(int memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  /** How many bytes were added. */
  long size() {
    return size;
  }

  /**
   * Adds the next bytes and takes over the buffer, also where it fails.
   *
   * @throws IOException if they cannot be stored
   */
  void add(ByteBuf bytes) throws IOException {
    size += bytes.readableBytes();
    if (file == null && size <= memoryBytes) {
      memory.add(bytes);
      return;
    }
    try {
      if (file == null) {
        file = openFile();
      }
      while (bytes.isReadable()) {
        fileSize += bytes.readBytes(file, fileSize, bytes.readableBytes());
      }
    } finally {
      bytes.release();
    }
  }

  /** Whether everything was read. */
  boolean isExhausted() {
    return memory.isEmpty() && filePosition == fileSize;
  }

  /**
   * The next bytes, which then belong to the caller.
   *
   * @throws IOException if they cannot be read back
   */
  ByteBuf next(ByteBufAllocator allocator) throws IOException {
    if (!memory.isEmpty()) {
      return memory.next();
    }
    ByteBuf piece = allocator.directBuffer(PIECE_BYTES);
    int read = piece.writeBytes(file, filePosition, PIECE_BYTES);
    if (read <= 0) {
      piece.release();
      throw new IOException("the temporary file is shorter than what was written to it");
    }
    filePosition += read;
    return piece;
  }

  /** Gives back memory and file. */
  @Override
  public void close() throws IOException {
    memory.release();
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private static FileChannel openFile() throws IOException {
    Path path = Files.createTempFile("ifmatch-", ".body");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
