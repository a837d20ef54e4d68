package dev.cofre.client.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A file on its way to its name: `.cofre-*.part` in the same directory, locked as long as somebody works on it, deleted on close unless it was
/// moved. The lock ends with the process, however it ends; whoever comes to the directory next deletes what nobody holds.
///
/// One with a name that can be found again, `.cofre-*.kept.part`, stays when it is told to, or when its process ends in the middle, and is
/// deleted after [#KEPT_FOR], or once it has its last name too.
final class PartialFile implements AutoCloseable {
  /// How long what nobody goes on with stays.
  static final Duration KEPT_FOR = Duration.ofDays(7);

  private static final String SUFFIX = ".part";
  private static final String KEPT_SUFFIX = ".kept" + SUFFIX;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /// Those of this process, which must not even be opened to look: closing a file ends all of a process's locks on it.
  private static final Set<Path> OURS = new HashSet<>();

  private static final Set<Path> SWEPT = new HashSet<>();

  private final Path path;
  private final FileChannel channel;
  private boolean kept;

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

  /// The one that was kept under a name, or a new one of that name; or any new one, where somebody works on that or it is not a file that
  /// only this program can have made.
  static PartialFile kept(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(LocalNames.OWN + name + KEPT_SUFFIX);
    synchronized (OURS) {
      if (!OURS.add(path)) {
        return in(directory);
      }
      sweepOnce(directory);
    }
    Optional<PartialFile> found = Optional.empty();
    try {
      found = open(path);
    } catch (IOException _) {
      // A link, or somebody else's.
    } finally {
      if (found.isEmpty()) {
        release(path);
      }
    }
    return found.isPresent() ? found.get() : in(directory);
  }

  /// While it is opened, another process may give it its last name, and a third make a new one: it is the one that was locked only if
  /// the same file is there before and after.
  private static Optional<PartialFile> open(Path path) throws IOException {
    boolean found = !create(path);
    Optional<Object> before = ownFile(path);
    if (before.isEmpty()) {
      if (!found) {
        Files.deleteIfExists(path);
      }
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (isHeld(channel) && ownFile(path).equals(before)) {
        return Optional.of(new PartialFile(path, channel));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean create(Path path) throws IOException {
    try {
      if (isPosix(path)) {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createFile(path);
      }
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /// What tells a regular file apart that has no other name and that nobody else may read or write.
  private static Optional<Object> ownFile(Path path) throws IOException {
    if (!isPosix(path)) {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(path)
          : Optional.empty();
    }
    Map<String, Object> facts =
        Files.readAttributes(
            path, "unix:fileKey,nlink,permissions,isRegularFile", LinkOption.NOFOLLOW_LINKS);
    boolean own =
        Boolean.TRUE.equals(facts.get("isRegularFile"))
            && Integer.valueOf(1).equals(facts.get("nlink"))
            && OWNER_ONLY.equals(facts.get("permissions"));
    return own ? Optional.ofNullable(facts.get("fileKey")) : Optional.empty();
  }

  private static Path reserve(Path directory) throws IOException {
    synchronized (OURS) {
      sweepOnce(directory);
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
    } catch (OverlappingFileLockException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /// Deletes what nobody holds or may want in a directory, once in this process.
  static void sweep(Path directory) {
    synchronized (OURS) {
      sweepOnce(directory);
    }
  }

  private static void sweepOnce(Path directory) {
    if (!SWEPT.add(directory)) {
      return;
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(directory, LocalNames.OWN + "*" + SUFFIX)) {
      for (Path leftover : found) {
        if (!OURS.contains(leftover)
            && Files.isRegularFile(leftover, LinkOption.NOFOLLOW_LINKS)
            && !mayBeWanted(leftover)) {
          discard(leftover);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // It stays until somebody may delete it.
    }
  }

  private static boolean isKept(Path path) {
    return String.valueOf(path.getFileName()).endsWith(KEPT_SUFFIX);
  }

  /// Its time is compared with what the same disk says the time is. A process that ended between giving it its last name and taking away this
  /// one has left a whole file, which would stay here when its owner deletes it there.
  private static boolean mayBeWanted(Path leftover) throws IOException {
    if (!isKept(leftover) || hasAnotherName(leftover)) {
      return false;
    }
    Path now = Files.createTempFile(Downloader.directoryOf(leftover), LocalNames.OWN, SUFFIX);
    try {
      Instant limit = timeOf(now).minus(KEPT_FOR);
      return timeOf(leftover).isAfter(limit);
    } finally {
      Files.delete(now);
    }
  }

  private static boolean hasAnotherName(Path file) throws IOException {
    return isPosix(file)
        && !Integer.valueOf(1)
            .equals(Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS));
  }

  private static Instant timeOf(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
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

  /// What is written there, after what it holds.
  OutputStream output() {
    return Channels.newOutputStream(channel);
  }

  /// How much it holds, in bytes.
  long length() throws IOException {
    return channel.size();
  }

  /// What it holds, from its beginning; not to be closed by closing this.
  InputStream content() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = channel.read(ByteBuffer.wrap(target, offset, length), position);
        position += Math.max(0, count);
        return count;
      }
    };
  }

  /// Drops all but so many bytes; what is written follows them.
  void cut(long length) throws IOException {
    channel.truncate(length);
    channel.position(length);
  }

  /// Leaves it there for whoever goes on with it, if there is anything in it and it can be found again.
  void keep() throws IOException {
    // The channel is closed when its thread was interrupted.
    kept = isKept(path) && Files.size(path) > 0;
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
      if (!kept) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      // The next one to come deletes it; the content itself was handled before.
    }
    release(path);
  }
}
