package dev.cofre.client.replica;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.LocalState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Keeps a home directory for one process. Ends with the process, however it ends.
public final class HomeLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the home directory, making it if need be; waits 5 seconds for another process to finish.
  ///
  /// @throws LocalState of kind `BUSY` when it does not
  public static HomeLock take(Path home) throws LocalState {
    return take(home, PATIENCE);
  }

  static HomeLock take(Path home, Duration patience) throws LocalState {
    PrivateFiles.makeDirectory(home);
    Path file = home.resolve("lock");
    FileChannel channel = PrivateFiles.openForAppending(file);
    long tries = patience.dividedBy(PAUSE);
    try {
      for (long i = 0; tryLock(channel).isEmpty(); i++) {
        if (i >= tries) {
          throw new LocalState(
              LocalState.Kind.BUSY,
              "another Cofre is at work in " + home,
              "Wait until it is done, or end it.");
        }
        Thread.sleep(PAUSE);
      }
      return new HomeLock(channel);
    } catch (LocalState busy) {
      closeQuietly(channel);
      throw busy;
    } catch (IOException e) {
      closeQuietly(channel);
      throw DiskErrors.failed("cannot lock " + file, file, e);
    } catch (InterruptedException _) {
      closeQuietly(channel);
      Thread.currentThread().interrupt();
      throw new LocalState(LocalState.Kind.BUSY, "interrupted while waiting for " + home);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException _) {
      return Optional.empty();
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock goes with the process at the latest.
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
