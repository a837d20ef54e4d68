package dev.cofre.client.files;

import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.ExportManifest.ExportedContent;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.transfer.HashedFile;
import dev.cofre.client.transfer.SealedDownloader;
import dev.cofre.protocol.BlobId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/// The sealed contents of an export, one file for each, under its id. What an interrupted run left there is checked and kept.
final class SealedContents {
  private final VaultHistory history;
  private final Connection connection;
  private final Path directory;
  private final Reports reports;
  private final SealedDownloader downloader;
  private final SortedMap<BlobId, ExportedContent> kept =
      new TreeMap<>(Comparator.comparing(BlobId::value));
  private final Queue<Outcome> failed = new ConcurrentLinkedQueue<>();
  private final Queue<Revision> denied = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Optional<CofreException>> stop =
      new AtomicReference<>(Optional.empty());

  SealedContents(VaultHistory history, Connection connection, Path directory, Reports reports) {
    this.history = history;
    this.connection = connection;
    this.directory = directory;
    this.reports = reports;
    this.downloader =
        new SealedDownloader(
            connection.server(), connection.team(), history.vault(), reports::moved);
  }

  /// Those that are there, by id.
  List<ExportedContent> kept() {
    return List.copyOf(kept.values());
  }

  /// Those that the last [#fetch] could not get, as outcomes.
  List<Outcome> failed() {
    return List.copyOf(failed);
  }

  private void fail(Revision revision, CofreException why) {
    Outcome outcome = Closed.outcome(revision, why);
    reports.add(outcome);
    failed.add(outcome);
  }

  /// Brings the contents of all versions that can be read, but those that are there. What of them cannot be had is a failed outcome; what
  /// concerns all of them ends it.
  void fetch() throws CofreException {
    PrivateFiles.makeDirectory(directory);
    failed.clear();
    List<Revision> wanted = wanted();
    reports.expect(wanted.size(), wanted.stream().mapToLong(SealedContents::size).sum());
    AtOnce.each(
        wanted,
        revision -> {
          if (stop.get().isEmpty()) {
            keep(revision);
          }
        });
    if (stop.get().isPresent()) {
      throw stop.get().get();
    }
    for (Revision revision; (revision = denied.poll()) != null; ) {
      fail(revision, Denial.explain(history, connection, revision));
    }
  }

  /// One version for each content that is not there yet.
  private List<Revision> wanted() {
    Map<BlobId, Revision> wanted = new LinkedHashMap<>();
    history.index().revisions().stream()
        .filter(revision -> revision.facts().isPresent())
        .sorted(Comparator.comparing(Revision::place))
        .forEach(revision ->
            revision
                .put()
                .blob()
                .filter(blob -> !kept.containsKey(blob))
                .ifPresent(blob -> wanted.putIfAbsent(blob, revision)));
    return List.copyOf(wanted.values());
  }

  private static long size(Revision revision) {
    return revision.facts().map(FileRecord.Facts::size).orElse(0L);
  }

  private void keep(Revision revision) {
    try {
      BlobId blob = revision.put().blob().orElseThrow(() -> new Tampered("a file's record"));
      HashedFile.Written written = written(revision, directory.resolve(blob.hex()));
      synchronized (kept) {
        kept.put(blob, new ExportedContent(blob, written.length(), written.hash()));
      }
    } catch (Tampered | Malformed e) {
      fail(revision, e);
    } catch (CofreException e) {
      if (Denial.is(e)) {
        denied.add(revision);
      } else {
        stop.compareAndSet(Optional.empty(), Optional.of(e));
      }
    }
  }

  private HashedFile.Written written(Revision revision, Path file) throws CofreException {
    long length = revision.record().facts().blobLength();
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        return downloader.check(Gets.blob(revision), length, file);
      } catch (Tampered | Malformed _) {
        // Not whole: fetched again.
      }
    }
    return downloader.fetch(Gets.blob(revision), length, file);
  }

  /// Deletes what lies there and is not of the export: contents that were erased since an interrupted run.
  void deleteOthers() throws LocalState {
    Set<String> names = new HashSet<>();
    kept.keySet().forEach(blob -> names.add(blob.hex()));
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
      for (Path file : found) {
        if (!names.contains(String.valueOf(file.getFileName()))) {
          others.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot look at " + directory, e);
    }
    for (Path other : others) {
      PrivateFiles.delete(other);
    }
  }
}
