package dev.cofre.client.files;

import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Draft;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultWriter;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.client.transfer.Downloader;
import dev.cofre.client.transfer.Source;
import dev.cofre.client.transfer.Uploaded;
import dev.cofre.client.transfer.Uploader;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Seals contents again under fresh content keys, so that keys somebody once had open nothing that is stored from now on. What a version's
/// blob first appeared in tells whether that has been done: nothing else needs to be remembered, and an interrupted run goes on.
public final class Reencryption {
  private static final int ATTEMPTS = 12;

  private final VaultHistory history;
  private final Connection connection;
  private final Reports reports;
  private final Path workplace;
  private final Extent extent;

  /// What to seal again.
  ///
  /// @param since the place in the team log of the end of somebody's right: older is what was written without knowing it
  /// @param failed what failed before, and is passed over
  /// @param most how many contents at most
  public record Extent(long since, Map<FileId, Outcome> failed, int most) {
    /// Copies the map.
    public Extent {
      failed = Map.copyOf(failed);
    }
  }

  /// @param workplace a private directory for one content at a time
  private Reencryption(
      VaultHistory history, Connection connection, Reports reports, Path workplace, Extent extent) {
    this.history = history;
    this.connection = connection;
    this.reports = reports;
    this.workplace = workplace;
    this.extent = extent;
  }

  /// Seals current versions again that were written without knowing an entry of the team log. What cannot be read stays as it is, and has failed.
  /// The history has been caught up.
  public static Renewal run(
      VaultHistory history, Connection connection, Path home, Extent extent, Progress progress)
      throws CofreException {
    return new Reencryption(
            history, connection, new Reports(progress), home.resolve("work"), extent)
        .run();
  }

  private Renewal run() throws CofreException {
    PrivateFiles.empty(workplace);
    Map<BlobId, Long> born = births(history);
    List<Revision> current = current();
    List<Revision> old =
        current.stream()
            .filter(revision -> revision.put().blob().map(born::get).orElse(0L) < extent.since())
            .toList();
    List<Revision> due = old.stream().filter(r -> !extent.failed().containsKey(r.file())).toList();
    reports.expect(
        due.size(),
        due.stream().mapToLong(r -> r.facts().map(FileRecord.Facts::size).orElse(0L)).sum());
    long fresh = (long) current.size() - old.size();
    Map<FileId, Outcome> closed = Closed.files(history);
    Map<FileId, Outcome> failed = new HashMap<>(closed);
    for (Revision revision : old) {
      Optional.ofNullable(extent.failed().get(revision.file()))
          .ifPresent(before -> failed.put(revision.file(), before));
    }
    for (Revision revision : due.subList(0, Math.min(due.size(), extent.most()))) {
      Outcome outcome = attempt(revision);
      reports.add(outcome);
      switch (outcome.status()) {
        case FAILED -> failed.put(revision.file(), outcome);
        case UPDATED -> fresh++;
        default -> {}
      }
    }
    return new Renewal((long) current.size() + closed.size(), fresh, failed);
  }

  private Outcome attempt(Revision revision) throws CofreException {
    String path = history.tree().path(revision.file()).orElse(revision.file().hex());
    try {
      return again(revision, path);
    } catch (Tampered | Malformed | LocalState e) {
      return Outcome.failed(path, e);
    } catch (Refused e) {
      if (!Denial.is(e)) {
        throw e;
      }
      return Outcome.failed(path, Denial.explain(history, connection, revision));
    }
  }

  /// For each blob the team head of the commit that first named it.
  private static Map<BlobId, Long> births(VaultHistory history) {
    Map<BlobId, Long> births = new HashMap<>();
    for (Revision revision : history.index().revisions()) {
      revision
          .put()
          .blob()
          .ifPresent(blob -> births.merge(blob, history.index().teamSeq(revision), Math::min));
    }
    return births;
  }

  /// The readable current versions that have a content, oldest first.
  private List<Revision> current() {
    return history.tree().files().values().stream()
        .filter(revision -> revision.put().blob().isPresent())
        .sorted(Comparator.comparing(Revision::place))
        .toList();
  }

  /// Seals one content again, unless somebody has written a newer version meanwhile.
  private Outcome again(Revision revision, String path) throws CofreException {
    PrivateFiles.makeDirectory(workplace);
    Path plain = workplace.resolve(revision.id().hex());
    try {
      PrivateFiles.delete(plain);
      FileRecord.Facts facts = revision.record().facts();
      Gets.downloader(history, connection, reports)
          .fetch(Gets.blob(revision), plain, facts.modified(), Downloader.Existing.REPLACE);
      boolean renewed = false;
      for (int i = 0; !renewed && isCurrent(revision); i++) {
        if (i == ATTEMPTS) {
          throw Conflict.overtaken("the vault");
        }
        try (Uploaded content = upload(plain, revision.file())) {
          renewed = commit(revision, content);
        }
      }
      Outcome.Status status = renewed ? Outcome.Status.UPDATED : Outcome.Status.SKIPPED;
      return Outcome.of(path, status, facts.size(), revision.number());
    } finally {
      deleteQuietly(plain);
    }
  }

  private Uploaded upload(Path plain, FileId file) throws CofreException {
    List<Uploaded> uploaded = new ArrayList<>();
    List<LocalState> failures = new ArrayList<>();
    Uploader uploader =
        new Uploader(
            connection.server(), connection.team(), history.vault(), connection.random(), _ -> {});
    uploader.upload(
        List.of(new Source(plain, file)),
        result -> {
          switch (result) {
            case Uploader.Result.Stored(_, Uploaded content) -> uploaded.add(content);
            case Uploader.Result.Failed(_, LocalState failure) -> failures.add(failure);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return uploaded.getFirst();
  }

  /// Whether the file still shows this revision.
  private boolean isCurrent(Revision revision) {
    return history
        .index()
        .file(revision.file())
        .filter(head -> !head.deleted() && head.last().equals(revision.id()))
        .isPresent();
  }

  /// Commits a content once, unless it has to be sealed again because somebody has lost the right meanwhile.
  private boolean commit(Revision revision, Uploaded content) throws CofreException {
    FileRecord.Facts facts = revision.record().facts();
    RevisionId id = new RevisionId(connection.random().bytes(RevisionId.LENGTH));
    Offer offer = new Offer(Optional.empty());
    try (FileRecord record = FileRecord.of(facts, content.contentKey())) {
      new VaultWriter(history)
          .write(now -> {
            if (!isCurrent(revision) || !offer.stands(now)) {
              return List.of();
            }
            offer.make(now);
            return List.of(
                new Draft.Put(
                    revision.file(),
                    id,
                    Optional.of(revision.id()),
                    Optional.of(content.blob()),
                    record::encode));
          });
    }
    return history.index().knows(id);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It lies in a private directory, which the next run empties.
    }
  }
}
