package dev.cofre.client.files;

import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
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
import dev.cofre.client.transfer.Downloader;
import dev.cofre.client.transfer.Source;
import dev.cofre.client.transfer.Uploaded;
import dev.cofre.client.transfer.Uploader;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.vault.FileHead;
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
  private final VaultHistory history;
  private final Connection connection;
  private final Reports reports;
  private final Path workplace;
  private final long since;

  /// @param workplace a private directory for one content at a time
  /// @param since the place in the team log of the end of somebody's right: older is what was written without knowing it
  private Reencryption(
      VaultHistory history, Connection connection, Reports reports, Path workplace, long since) {
    this.history = history;
    this.connection = connection;
    this.reports = reports;
    this.workplace = workplace;
    this.since = since;
  }

  /// Seals the current versions again that were written without knowing the entry `since` of the team log. The history has been
  /// caught up.
  ///
  /// @return how many current versions are under fresh keys now
  public static long run(
      VaultHistory history, Connection connection, Path home, long since, Progress progress)
      throws CofreException {
    Path workplace = home.resolve("work");
    Reencryption run =
        new Reencryption(history, connection, new Reports(progress), workplace, since);
    return run.run();
  }

  private long run() throws CofreException {
    PrivateFiles.empty(workplace);
    Map<BlobId, Long> born = births(history);
    List<Revision> old = new ArrayList<>();
    long done = 0;
    for (Revision revision : current()) {
      long birth = revision.put().blob().map(blob -> born.getOrDefault(blob, 0L)).orElse(0L);
      if (birth >= since) {
        done++;
      } else {
        old.add(revision);
      }
    }
    reports.expect(
        old.size(),
        old.stream().mapToLong(r -> r.facts().map(FileRecord.Facts::size).orElse(0L)).sum());
    for (Revision revision : old) {
      String path = history.tree().path(revision.file()).orElse(revision.file().hex());
      try {
        done += again(revision, path);
      } catch (Tampered | LocalState e) {
        reports.add(Outcome.failed(path, e));
      } catch (Refused e) {
        if (!Denial.is(e)) {
          throw e;
        }
        reports.add(Outcome.failed(path, Denial.explain(history, connection, revision)));
      }
    }
    return done;
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

  /// The readable current versions, oldest first.
  private List<Revision> current() {
    return history.tree().files().values().stream()
        .sorted(Comparator.comparing(Revision::place))
        .toList();
  }

  /// Seals one content again, unless somebody has written a newer version meanwhile.
  ///
  /// @return how many versions are under fresh keys by this
  private long again(Revision revision, String path) throws CofreException {
    PrivateFiles.makeDirectory(workplace);
    Path plain = workplace.resolve(revision.id().hex());
    try {
      PrivateFiles.delete(plain);
      FileRecord.Facts facts = revision.record().facts();
      Gets.downloader(history, connection, reports)
          .fetch(Gets.blob(revision), plain, facts.modified(), Downloader.Existing.REPLACE);
      List<Uploaded> uploaded = new ArrayList<>();
      List<LocalState> failures = new ArrayList<>();
      Uploader uploader =
          new Uploader(
              connection.server(),
              connection.team(),
              history.vault(),
              connection.random(),
              _ -> {});
      uploader.upload(
          List.of(new Source(plain, revision.file())),
          result -> {
            switch (result) {
              case Uploader.Result.Stored(_, Uploaded content) -> uploaded.add(content);
              case Uploader.Result.Failed(_, LocalState failure) -> failures.add(failure);
            }
          });
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
      boolean renewed;
      try (Uploaded content = uploaded.getFirst()) {
        renewed = commit(revision, content);
      }
      Outcome.Status status = renewed ? Outcome.Status.UPDATED : Outcome.Status.SKIPPED;
      reports.add(Outcome.of(path, status, facts.size(), revision.number()));
      return renewed ? 1 : 0;
    } finally {
      deleteQuietly(plain);
    }
  }

  private boolean commit(Revision revision, Uploaded content) throws CofreException {
    FileRecord.Facts facts = revision.record().facts();
    RevisionId id = new RevisionId(connection.random().bytes(RevisionId.LENGTH));
    try (FileRecord record = FileRecord.of(facts, content.contentKey())) {
      new VaultWriter(history)
          .write(now -> {
            Optional<FileHead> head = now.index().file(revision.file());
            boolean current =
                head.filter(h -> !h.deleted() && h.last().equals(revision.id())).isPresent();
            if (!current) {
              return List.of();
            }
            return List.of(
                new Draft.Put(
                    revision.file(),
                    id,
                    head.map(FileHead::last),
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
