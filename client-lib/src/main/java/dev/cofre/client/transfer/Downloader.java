package dev.cofre.client.transfer;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.OpenedContent;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/// Fetches contents and verifies them. Each chunk is verified before it is written; a file appears under its name only after the
/// last chunk, the recorded length and the recorded hash are right, and after it is safe on the disk.
public final class Downloader {
  private static final int BUFFER = 128 << 10;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final Meter meter;

  /// What to do with a file that is in the way.
  public enum Existing {
    /// Refuse.
    KEEP,
    /// Replace it, as a whole.
    REPLACE
  }

  /// A downloader from one vault.
  public Downloader(Server server, TeamId team, VaultId vault, Meter meter) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.meter = meter;
  }

  /// Fetches a content into a file; on failure there is no trace of it, and what a crash leaves the next fetch into the directory deletes.
  ///
  /// @throws LocalState when the file is in the way, the disk is full, or the directory cannot be written
  public void fetch(Blob blob, Path target, Instant modified, Existing existing)
      throws CofreException {
    fetch(blob, directoryOf(target), target, modified, existing);
  }

  /// The same for a target whose names below `root` somebody else chose.
  ///
  /// @throws LocalState also when the target does not lie below `root` any more when its first byte is written
  public void fetch(Blob blob, Path root, Path target, Instant modified, Existing existing)
      throws CofreException {
    if (existing == Existing.KEEP && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new LocalState(
          LocalState.Kind.FILE,
          target + " exists already",
          "Choose another name, or move it away.");
    }
    try (PartialFile partial = partial(directoryOf(target))) {
      LocalNames.requireInside(root, partial.path());
      fetch(blob, partial, target, modified, existing);
    }
  }

  static Path directoryOf(Path target) {
    return target.toAbsolutePath().resolve("..").normalize();
  }

  private void fetch(
      Blob blob, PartialFile partial, Path target, Instant modified, Existing existing)
      throws CofreException {
    try {
      copy(blob, partial.output(), target);
      partial.force();
      Files.setLastModifiedTime(partial.path(), FileTime.from(modified));
      moveIntoPlace(partial.path(), target, existing);
      PrivateFiles.syncDirectoryOf(target);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static PartialFile partial(Path directory) throws LocalState {
    try {
      return PartialFile.in(directory);
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /// Writes a content to a stream as it is verified. On failure a prefix of it has been written.
  public void fetch(Blob blob, OutputStream target) throws CofreException {
    try {
      copy(blob, target, Path.of("-"));
      target.flush();
    } catch (IOException e) {
      throw failed(Path.of("-"), e);
    }
  }

  /// Reads and verifies a content without keeping it.
  public void verify(Blob blob) throws CofreException {
    fetch(blob, OutputStream.nullOutputStream());
  }

  private void copy(Blob blob, OutputStream sink, Path target) throws CofreException, IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream ciphertext = SegmentStream.of(server, team, vault, blob);
        OpenedContent content =
            ContentSeal.open(
                blob.contentKey(),
                SealedRecords.contentContext(team, vault, blob.file(), blob.id()),
                ciphertext,
                blob.length(),
                blob.hash())) {
      while (true) {
        int count;
        try {
          count = content.readNBytes(buffer, 0, buffer.length);
        } catch (StreamFailure carried) {
          throw carried.failure();
        }
        if (count == 0) {
          return;
        }
        try {
          sink.write(buffer, 0, count);
        } catch (IOException e) {
          throw failed(target, e);
        }
        meter.moved(count);
      }
    } catch (StreamFailure carried) {
      throw carried.failure();
    }
  }

  static void moveIntoPlace(Path partial, Path target, Existing existing) throws IOException {
    if (existing == Existing.REPLACE) {
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try {
      Files.createLink(target, partial);
    } catch (FileAlreadyExistsException inTheWay) {
      throw inTheWay;
    } catch (UnsupportedOperationException | FileSystemException _) {
      // A disk without hard links, such as most memory sticks.
      Files.move(partial, target);
    }
  }

  private static LocalState failed(Path target, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return new LocalState(LocalState.Kind.FILE, target + " exists already", e);
    }
    return DiskErrors.isFull(target, e)
        ? new LocalState(
            LocalState.Kind.DISK_FULL,
            "no room left on the disk for " + target,
            "Nothing was written under that name. Free some room and get it again.")
        : new LocalState(
            LocalState.Kind.FILE, "cannot write " + target + ": " + DiskErrors.reason(e), e);
  }
}
