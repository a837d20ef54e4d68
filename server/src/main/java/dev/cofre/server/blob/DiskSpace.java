package dev.cofre.server.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// The room on the disk that holds a directory. The last of it is not given to objects: a database on the same disk stops
/// when it cannot write, while objects can wait.
public final class DiskSpace {
  /// What is kept free, in bytes.
  public static final long RESERVE = 256L << 20;

  private static final Pattern WORDS =
      Pattern.compile(
          "no space left|quota|espaço|cota de disco",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final long NEXT_TO_NOTHING = 1 << 20;

  private final LongSupplier usable;
  private final AtomicLong promised = new AtomicLong();

  /// @param usable how many bytes this process could write now
  DiskSpace(LongSupplier usable) {
    this.usable = usable;
  }

  /// The room on the disk of a directory that exists.
  public static DiskSpace of(Path directory) {
    return new DiskSpace(() -> usable(directory));
  }

  private static long usable(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether no more than the reserve is left.
  public boolean isLow() {
    return usable.getAsLong() <= RESERVE;
  }

  /// Work that writes.
  @FunctionalInterface
  interface Writing<T> {
    T run() throws IOException;
  }

  /// Writes up to `length` bytes, if there is room for them beside all others that are being written.
  ///
  /// @throws BlobFailure.Full when there is none, or when the disk says so in the middle
  <T> T write(long length, Writing<T> work) throws IOException {
    long all = promised.addAndGet(length);
    try {
      if (usable.getAsLong() - all <= RESERVE) {
        throw new BlobFailure.Full("no room on the disk for " + length + " bytes");
      }
      return finish(work);
    } finally {
      promised.addAndGet(-length);
    }
  }

  /// Does what may use the reserve, because it is little and brings other work to its end.
  ///
  /// @throws BlobFailure.Full when the disk is full to the last
  <T> T finish(Writing<T> work) throws IOException {
    try {
      return work.run();
    } catch (BlobFailure e) {
      throw e;
    } catch (IOException e) {
      throw isFull(e) ? new BlobFailure.Full("the disk is full") : e;
    }
  }

  /// The system says it in the words of its own language, so the room itself is looked at too.
  private boolean isFull(IOException e) {
    return WORDS.matcher(String.valueOf(e.getMessage())).find()
        || usable.getAsLong() < NEXT_TO_NOTHING;
  }
}
