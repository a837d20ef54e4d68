package dev.cofre.client.transfer;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.OpenedContent;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Small contents that come in one answer and are made durable together. Each is verified by itself, and has its name only when it is whole
/// and safe on the disk, as by [Downloader]; what it costs to be sure of that is paid once for all of them.
public final class Batch {
  /// Most contents of one batch: each holds a file open until it has its name.
  public static final int MAX_FILES = 256;

  /// Most bytes of blobs of one batch.
  public static final long MAX_BYTES = 4 << 20;

  private static final int AT_ONCE = 8;
  private static final int BUFFER = 16 << 10;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final Meter meter;

  /// Batches from one vault.
  public Batch(Server server, TeamId team, VaultId vault, Meter meter) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.meter = meter;
  }

  /// A content, and the name it is to have below `root`.
  ///
  /// @param sealedLength bytes of the blob, as the record says
  public record Wanted(Blob blob, long sealedLength, Path root, Path target, Instant modified) {}

  /// Fetches different contents, at most [#MAX_FILES] and [#MAX_BYTES].
  ///
  /// @return those that have their names, with the failure of each of which it is not known whether that is safe on the disk. Of the others
  ///     there is no trace: they are to be fetched one by one, which tells what is wrong with them
  public Map<Wanted, Optional<LocalState>> fetch(List<Wanted> all) {
    Map<Wanted, PartialFile> arrived = new LinkedHashMap<>();
    try {
      receive(all, arrived);
      return place(arrived);
    } finally {
      arrived.values().forEach(PartialFile::close);
    }
  }

  private void receive(List<Wanted> all, Map<Wanted, PartialFile> arrived) {
    List<BlobId> ids = all.stream().map(wanted -> wanted.blob().id()).toList();
    byte[] buffer = new byte[BUFFER];
    try (InputStream answer = server.blobs(team, vault, new Blobs.Wanted(ids))) {
      for (Wanted wanted : all) {
        SliceStream slice = new SliceStream(answer, wanted.sealedLength());
        receive(wanted, slice, buffer).ifPresent(partial -> arrived.put(wanted, partial));
        slice.skipRest();
      }
    } catch (CofreException | IOException _) {
      // What has not come is left.
    }
  }

  /// The verified content in a file without a name. What fails is left, so that only a fetch by itself judges the server.
  private Optional<PartialFile> receive(Wanted wanted, InputStream sealed, byte[] buffer) {
    try {
      PartialFile partial = PartialFile.in(Downloader.directoryOf(wanted.target()));
      try {
        LocalNames.requireInside(wanted.root(), partial.path());
        open(wanted.blob(), sealed, partial.output(), buffer);
        Files.setLastModifiedTime(partial.path(), FileTime.from(wanted.modified()));
        meter.moved(wanted.blob().length());
        return Optional.of(partial);
      } catch (CofreException | IOException | RuntimeException e) {
        partial.close();
        throw e;
      }
    } catch (CofreException | IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private void open(Blob blob, InputStream sealed, OutputStream sink, byte[] buffer)
      throws IOException {
    try (OpenedContent content =
        ContentSeal.open(
            blob.contentKey(),
            SealedRecords.contentContext(team, vault, blob.file(), blob.id()),
            sealed,
            blob.length(),
            blob.hash())) {
      for (int count; (count = content.read(buffer, 0, buffer.length)) >= 0; ) {
        sink.write(buffer, 0, count);
      }
    }
  }

  /// Makes the contents durable, then gives them their names, then makes the names durable. Several at once, so that the file system does
  /// it for many with one write.
  private static Map<Wanted, Optional<LocalState>> place(Map<Wanted, PartialFile> arrived) {
    Map<Wanted, Optional<LocalState>> placed = new HashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      Map<Wanted, Future<?>> forced = new LinkedHashMap<>();
      arrived.forEach((wanted, partial) ->
          forced.put(
              wanted,
              threads.submit(() -> {
                partial.force();
                return wanted;
              })));
      Map<Path, List<Wanted>> named = new LinkedHashMap<>();
      forced.forEach((wanted, done) -> {
        if (failure(done).isEmpty() && isNamed(wanted, arrived)) {
          named
              .computeIfAbsent(Downloader.directoryOf(wanted.target()), _ -> new ArrayList<>())
              .add(wanted);
        }
      });
      Map<Path, Future<?>> synced = new LinkedHashMap<>();
      named.forEach((directory, some) ->
          synced.put(
              directory,
              threads.submit(() -> {
                PrivateFiles.syncDirectoryOf(some.getFirst().target());
                return directory;
              })));
      synced.forEach((directory, done) -> {
        Optional<LocalState> unsafe =
            failure(done)
                .map(e -> DiskErrors.failed("cannot write into " + directory, directory, e));
        named.getOrDefault(directory, List.of()).forEach(wanted -> placed.put(wanted, unsafe));
      });
    }
    return placed;
  }

  private static boolean isNamed(Wanted wanted, Map<Wanted, PartialFile> arrived) {
    PartialFile partial = arrived.get(wanted);
    try {
      if (partial != null) {
        Downloader.moveIntoPlace(partial.path(), wanted.target(), Downloader.Existing.KEEP);
        return true;
      }
    } catch (IOException _) {
      // Left.
    }
    return false;
  }

  private static Optional<IOException> failure(Future<?> task) {
    try {
      task.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new IOException("interrupted", e));
    }
  }
}
