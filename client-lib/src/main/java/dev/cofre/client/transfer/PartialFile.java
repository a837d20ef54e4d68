package dev.cofre.client.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// A file on its way to its name: `.cofre-*.part` in the same directory, locked as long as somebody works on it, deleted on close unless it was
/// moved. The lock ends with the process, however it ends; whoever comes to the directory next deletes what nobody holds.
final class PartialFile implements AutoCloseable {
  private static final String SUFFIX = ".part";

  /// Those of this process, which must not even be opened to look: closing a file ends all of a process's locks on it.
  private static final Set<Path> OURS = new HashSet<>();

  private static final Set<Path> SWEPT = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private PartialFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// A new one in a directory, which is made if need be.
  static PartialFile in(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (; ; ) {
      Path path = reserve(directory);
      try {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        if (isHeld(channel) && Files.exists(path)) {
          return new PartialFile(path, channel);
        }
        channel.close();
        release(path);
      } catch (IOException e) {
        release(path);
        throw e;
      }
    }
  }

  private static Path reserve(Path directory) throws IOException {
    synchronized (OURS) {
      if (SWEPT.add(directory)) {
        sweep(directory);
      }
      Path path = Files.createTempFile(directory, LocalNames.OWN, SUFFIX);
      OURS.add(path);
      return path;
    }
  }

  private static void release(Path path) {
    synchronized (OURS) {
      OURS.remove(path);
    }
  }

  /// Whether the file is locked now, or cannot be by anybody because its disk knows no locks. If not, somebody is deleting it.
  private static boolean isHeld(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException _) {
      return true;
    }
  }

  private static void sweep(Path directory) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(directory, LocalNames.OWN + "*" + SUFFIX)) {
      for (Path leftover : found) {
        if (!OURS.contains(leftover) && Files.isRegularFile(leftover, LinkOption.NOFOLLOW_LINKS)) {
          discard(leftover);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // It stays until somebody may delete it.
    }
  }

  private static void discard(Path leftover) {
    try (FileChannel channel =
            FileChannel.open(leftover, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.delete(leftover);
      }
    } catch (IOException | OverlappingFileLockException _) {
      // Somebody works on it, or it is not ours to delete.
    }
  }

  /// What is written there.
  OutputStream output() {
    return Channels.newOutputStream(channel);
  }

  /// Where it lies.
  Path path() {
    return path;
  }

  /// Makes what was written durable.
  void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // The next one to come deletes it; the content itself was handled before.
    }
    release(path);
  }
}
