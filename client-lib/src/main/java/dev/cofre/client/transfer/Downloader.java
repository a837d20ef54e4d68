package dev.cofre.client.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.OpenedContent;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Fetches contents and verifies them. Each chunk is verified before it is written; a file appears under its name only after the
/// last chunk, the recorded length and the recorded hash are right, and after it is safe on the disk.
public final class Downloader {
  /// From which length on, in bytes, a content that does not come whole is gone on with.
  static final long KEPT_FROM = 1 << 20;

  private static final int BUFFER = 128 << 10;

  private final BlobSource source;
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
    this(BlobSource.of(server, team, vault), team, vault, meter);
  }

  /// A downloader of contents of one vault that come from somewhere else.
  public Downloader(BlobSource source, TeamId team, VaultId vault, Meter meter) {
    this.source = source;
    this.team = team;
    this.vault = vault;
    this.meter = meter;
  }

  /// Fetches a content into a file; on failure there is no trace of it, and what a crash leaves the next fetch into the directory deletes.
  ///
  /// @throws LocalState when the file is in the way, the disk is full, or the directory cannot be written
  public void fetch(Blob blob, Path target, Instant modified, Existing existing)
      throws CofreException {
    refuse(target, existing);
    try (PartialFile partial = partial(() -> PartialFile.in(directoryOf(target)), target)) {
      fetch(blob, partial, target, modified, existing);
    }
  }

  /// The same for a target whose names below `root` somebody else chose. Of a content of more than 1 MiB, what has come when the server cannot be
  /// reached any more, or when this process is ended, stays in a file beside the target for seven days, and the next fetch to the same target goes on
  /// there.
  ///
  /// @throws LocalState also when the target does not lie below `root` any more when its first byte is written
  public void fetch(Blob blob, Path root, Path target, Instant modified, Existing existing)
      throws CofreException {
    refuse(target, existing);
    Path directory = directoryOf(target);
    try (PartialFile partial =
        partial(
            () ->
                blob.length() > KEPT_FROM
                    ? PartialFile.kept(directory, nameOf(blob, target))
                    : PartialFile.in(directory),
            target)) {
      LocalNames.requireInside(root, partial.path());
      try {
        fetch(blob, partial, target, modified, existing);
      } catch (Unreachable broken) {
        keep(partial, target);
        throw broken;
      }
    }
  }

  /// Deletes beside a file that is whole what ended processes left there, as far as nobody goes on with it.
  public static void tidyBeside(Path whole) {
    PartialFile.sweep(directoryOf(whole));
  }

  private static void keep(PartialFile partial, Path target) throws CofreException {
    try {
      partial.keep();
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static void refuse(Path target, Existing existing) throws LocalState {
    if (existing == Existing.KEEP && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new LocalState(
          LocalState.Kind.FILE,
          target + " exists already",
          "Choose another name, or move it away.");
    }
  }

  /// By what an interrupted download is found again: another content, or another target, has another name.
  private String nameOf(Blob blob, Path target) {
    byte[] name = String.valueOf(target.getFileName()).getBytes(UTF_8);
    Bytes hash =
        Hashes.sha256(
            team.value().toArray(), vault.value().toArray(), blob.id().value().toArray(), name);
    return HexFormat.of().formatHex(hash.slice(0, 16).toArray());
  }

  static Path directoryOf(Path target) {
    return target.toAbsolutePath().resolve("..").normalize();
  }

  private void fetch(
      Blob blob, PartialFile partial, Path target, Instant modified, Existing existing)
      throws CofreException {
    try {
      copy(blob, partial, target);
      partial.force();
      Files.setLastModifiedTime(partial.path(), FileTime.from(modified));
      moveIntoPlace(partial.path(), target, existing);
      PrivateFiles.syncDirectoryOf(target);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  @FunctionalInterface
  private interface Opening {
    PartialFile open() throws IOException;
  }

  private static PartialFile partial(Opening opening, Path target) throws CofreException {
    try {
      return opening.open();
    } catch (IOException e) {
      throw failed(directoryOf(target), e);
    }
  }

  /// Writes a content to a stream as it is verified. On failure a prefix of it has been written.
  public void fetch(Blob blob, OutputStream target) throws CofreException {
    try {
      copy(blob, SegmentStream.of(source, blob, 0), target, Path.of("-"), meter);
      target.flush();
    } catch (IOException e) {
      throw failed(Path.of("-"), e);
    }
  }

  /// Reads and verifies a content without keeping it.
  public void verify(Blob blob) throws CofreException {
    fetch(blob, OutputStream.nullOutputStream());
  }

  /// Goes on with what the file holds of the content. It may be anything: then the content comes from its beginning.
  private void copy(Blob blob, PartialFile partial, Path target)
      throws CofreException, IOException {
    KeptPrefix prefix = new KeptPrefix(partial, blob);
    if (prefix.length() > 0) {
      partial.cut(prefix.length());
      AtomicLong moved = new AtomicLong();
      try {
        InputStream ciphertext = prefix.ciphertext(source, context(blob));
        OutputStream rest = new Skipping(partial.output(), prefix.length());
        copy(
            blob,
            ciphertext,
            rest,
            target,
            count -> {
              moved.addAndGet(count);
              meter.moved(count);
            });
        return;
      } catch (Tampered | Malformed _) {
        // Either the file or what the server sent; the latter will show again.
        meter.moved(-moved.get());
      }
    }
    partial.cut(0);
    copy(blob, SegmentStream.of(source, blob, 0), partial.output(), target, meter);
  }

  /// Drops what is there already.
  private static final class Skipping extends FilterOutputStream {
    private long left;

    Skipping(OutputStream out, long left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int skipped = (int) Math.min(left, count);
      left -= skipped;
      out.write(bytes, offset + skipped, count - skipped);
    }
  }

  private byte[] context(Blob blob) {
    return SealedRecords.contentContext(team, vault, blob.file(), blob.id());
  }

  private void copy(Blob blob, InputStream ciphertext, OutputStream sink, Path target, Meter moved)
      throws CofreException, IOException {
    byte[] buffer = new byte[BUFFER];
    try (ciphertext;
        OpenedContent content =
            ContentSeal.open(
                blob.contentKey(), context(blob), ciphertext, blob.length(), blob.hash())) {
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
        moved.moved(count);
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

  private static CofreException failed(Path target, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new Unreachable("interrupted while writing", e);
    }
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
