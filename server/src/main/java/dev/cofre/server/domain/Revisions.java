package dev.cofre.server.domain;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.api.Commits.SealedRecord;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.CommitRow;
import dev.cofre.server.store.CommitTables;
import dev.cofre.server.store.FileRow;
import dev.cofre.server.store.KnownRow;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.RevisionRow;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.VaultRow;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Versions of files, and where files stand.
@Singleton
class Revisions {
  private static final int AT_ONCE = 10_000;

  private final CommitTables tables;
  private final RevisionRows revisions;
  private final Blobs blobs;
  private final Sends sends;

  Revisions(CommitTables tables, RevisionRows revisions, Blobs blobs, Sends sends) {
    this.tables = tables;
    this.revisions = revisions;
    this.blobs = blobs;
    this.sends = sends;
  }

  /// Stores a commit that the rules allow, and what it changes, and makes sure that none of its contents is swept away meanwhile.
  ///
  /// @throws Refusal when a content is not there; the transaction must then be undone
  void store(
      VaultRow vault,
      RowsOfVault view,
      Signed<Commit> signed,
      List<SealedRecord> records,
      List<BundleRow> bundles,
      long now) {
    Commit commit = signed.value();
    List<Change.Put> puts = commit.puts();
    int size =
        signed.bytes().payload().length()
            + records.stream().mapToInt(r -> r.sealed().length()).sum();
    List<RevisionRow> made = new ArrayList<>(puts.size());
    for (int slot = 0; slot < puts.size(); slot++) {
      made.add(row(vault, commit.seq(), slot, puts.get(slot), records.get(slot).sealed()));
    }
    List<FileRow> moved =
        commit.changes().stream().flatMap(c -> standing(vault, c).stream()).toList();
    Set<BlobId> contents =
        Stream.concat(puts.stream().flatMap(put -> put.blob().stream()), Sends.blobs(commit))
            .collect(Collectors.toSet());
    CommitRow row = row(vault, signed, puts.size(), size, now);
    long there =
        tables.write(
            vault,
            new CommitTables.Written(row, commit.teamHead().seq(), made, moved, bundles),
            Raw.of(contents));
    Refusal.unless(
        there == contents.size(),
        Problem.UNKNOWN_BLOB,
        "a blob is not in this vault, or not complete");
    sends.follow(vault, view, commit);
    purge(vault, view, commit, now);
  }

  private void purge(VaultRow vault, RowsOfVault view, Commit commit, long now) {
    Set<RevisionId> purged =
        commit.changes().stream()
            .filter(Change.Purge.class::isInstance)
            .flatMap(c -> ((Change.Purge) c).revisions().stream())
            .collect(Collectors.toSet());
    if (purged.isEmpty()) {
      return;
    }
    for (List<RevisionId> some : Portions.of(List.copyOf(purged), AT_ONCE)) {
      revisions.purge(vault.team(), vault.vault(), Raw.of(some));
      sends.endThoseOf(vault, some);
    }
    List<Bytes> contents =
        purged.stream()
            .flatMap(id -> view.revision(id).map(KnownRow::blob).stream())
            .filter(blob -> blob.length() > 0)
            .distinct()
            .toList();
    for (List<Bytes> some : Portions.of(contents, AT_ONCE)) {
      blobs.release(vault, Set.copyOf(some), now);
    }
  }

  private static Optional<FileRow> standing(VaultRow vault, Change change) {
    return switch (change) {
      case Change.Put put ->
          Optional.of(
              new FileRow(
                  vault.team(), vault.vault(), put.file().value(), put.revision().value(), false));
      case Change.Delete delete ->
          Optional.of(
              new FileRow(
                  vault.team(),
                  vault.vault(),
                  delete.file().value(),
                  delete.previous().value(),
                  true));
      case Change.Send send -> send.made().flatMap(put -> standing(vault, put));
      case Change.Purge _, Change.SendEnd _, Change.SendExtend _ -> Optional.empty();
    };
  }

  private static CommitRow row(
      VaultRow vault, Signed<Commit> signed, int puts, int size, long now) {
    Commit commit = signed.value();
    return new CommitRow(
        vault.team(),
        vault.vault(),
        commit.seq(),
        signed.hash().value(),
        commit.author().value(),
        commit.device().value(),
        signed.bytes().payload(),
        signed.bytes().signature(),
        puts,
        size,
        now);
  }

  private static RevisionRow row(VaultRow vault, long seq, int slot, Change.Put put, Bytes sealed) {
    return new RevisionRow(
        vault.team(),
        vault.vault(),
        put.revision().value(),
        put.file().value(),
        seq,
        slot,
        put.blob().map(Id::value).orElse(Bytes.EMPTY),
        sealed,
        false);
  }
}
