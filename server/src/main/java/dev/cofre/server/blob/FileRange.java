package dev.cofre.server.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Reads a range of bytes that lie in a row of files, of which all but the last hold `fileLength` bytes of it. One file is
/// open at a time.
final class FileRange extends InputStream {
  private final LongFunction<Path> files;
  private final long fileLength;
  private long position;
  private long remaining;
  private @Nullable FileChannel open;
  private long openIndex = -1;

  /// Opens the first file at once, so that a missing one is noticed here.
  ///
  /// @param files the files by index from 0
  FileRange(LongFunction<Path> files, long fileLength, long offset, long length)
      throws IOException {
    this.files = files;
    this.fileLength = fileLength;
    this.position = offset;
    this.remaining = length;
    current();
  }

  private FileChannel current() throws IOException {
    long index = position / fileLength;
    if (open == null || index != openIndex) {
      close();
      open = FileChannel.open(files.apply(index), StandardOpenOption.READ);
      openIndex = index;
    }
    return open;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (remaining == 0) {
      return -1;
    }
    long within = position % fileLength;
    long wanted = Math.min(Math.min(length, remaining), fileLength - within);
    int read = current().read(ByteBuffer.wrap(target, offset, (int) wanted), within);
    if (read < 0) {
      throw new EOFException("stored object is shorter than recorded");
    }
    position += read;
    remaining -= read;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
