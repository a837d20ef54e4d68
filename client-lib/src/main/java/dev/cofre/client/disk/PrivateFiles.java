package dev.cofre.client.disk;

import dev.cofre.client.failure.LocalState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reading and writing of files that only their owner may see (directories 0700, files 0600, where the system knows such
/// things). A file is replaced as a whole: synced under a temporary name, renamed, its directory synced. Whatever a crash leaves is
/// the old file or the new one.
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final String TEMPORARY = ".new";

  private PrivateFiles() {}

  /// Makes a directory and those above it, if need be.
  public static void makeDirectory(Path directory) throws LocalState {
    try {
      if (isPosix(directory)) {
        Files.createDirectories(
            directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        Files.setPosixFilePermissions(directory, OWNER_ONLY_DIRECTORY);
      } else {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw DiskErrors.failed("cannot make " + directory, directory, e);
    }
  }

  /// Replaces a file, or makes it.
  public static void replace(Path file, byte[] content) throws LocalState {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
    try {
      Files.deleteIfExists(temporary);
      try (FileChannel out =
          open(temporary, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW))) {
        writeAll(out, ByteBuffer.wrap(content));
        out.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectoryOf(file);
    } catch (IOException e) {
      LocalState failure = DiskErrors.failed("cannot write " + file, file, e);
      discard(temporary);
      throw failure;
    }
  }

  /// What is half written would take room that may be wanted most now.
  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException _) {
      // The next replacement deletes it.
    }
  }

  /// The content of a file, absent when there is none.
  ///
  /// @throws LocalState when it is longer than `maximum` or cannot be read
  public static Optional<byte[]> read(Path file, int maximum) throws LocalState {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (in.size() > maximum) {
        throw new LocalState(LocalState.Kind.DAMAGED, file + " is longer than it can be");
      }
      byte[] content = new byte[(int) in.size()];
      readAll(in, ByteBuffer.wrap(content), 0);
      return Optional.of(content);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskErrors.failed("cannot read " + file, file, e);
    }
  }

  /// Deletes a file, if it is there.
  public static void delete(Path file) throws LocalState {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot delete " + file, file, e);
    }
  }

  /// Deletes the files in a directory, if it is there.
  public static void empty(Path directory) throws LocalState {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw DiskErrors.failed("cannot clear " + directory, directory, e);
    }
  }

  /// Opens a private file for reading and writing, making it if need be.
  public static FileChannel openForAppending(Path file) throws LocalState {
    try {
      return open(
          file,
          Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
    } catch (IOException e) {
      throw DiskErrors.failed("cannot open " + file, file, e);
    }
  }

  /// Makes the names in a file's directory durable.
  public static void syncDirectoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /// Fills a buffer from a place of a file.
  public static void readAll(FileChannel in, ByteBuffer target, long from) throws IOException {
    long at = from;
    while (target.hasRemaining()) {
      int count = in.read(target, at);
      if (count < 0) {
        throw new IOException("the file ends too early");
      }
      at += count;
    }
  }

  static void writeAll(FileChannel out, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      out.write(content);
    }
  }

  private static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    FileAttribute<?>[] attributes =
        isPosix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, options, attributes);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
