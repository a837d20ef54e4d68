package dev.cofre.server.domain;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.FileHead;
import dev.cofre.protocol.vault.SendHead;
import dev.cofre.protocol.vault.VaultView;
import dev.cofre.server.store.CommitTables;
import dev.cofre.server.store.KnownRow;
import dev.cofre.server.store.SendRow;
import dev.cofre.server.store.VaultRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// As much of a vault's history as the rules must know for one commit: the files and revisions that it names.
final class RowsOfVault implements VaultView {
  private final VaultRow row;
  private final Map<FileId, FileHead> files = new HashMap<>();
  private final Map<RevisionId, KnownRow> revisions = new HashMap<>();
  private final Map<SendId, SendRow> sends = new HashMap<>();

  RowsOfVault(CommitTables.Found found, List<SendRow> sends) {
    this.row = found.vault();
    sends.forEach(send -> this.sends.put(new SendId(send.send()), send));
    found
        .files()
        .forEach(f ->
            files.put(
                new FileId(f.file()),
                new FileHead(
                    new RevisionId(f.revision()),
                    f.deleted() ? FileHead.State.DELETED : FileHead.State.LIVE)));
    found.revisions().forEach(r -> revisions.put(new RevisionId(r.revision()), r));
  }

  /// The files that a commit names.
  static List<FileId> files(Commit commit) {
    return commit.changes().stream().map(Change::file).distinct().toList();
  }

  /// The revisions that a commit names and that the rules ask for.
  static List<RevisionId> revisions(Commit commit) {
    return commit.changes().stream().flatMap(RowsOfVault::revisionsOf).distinct().toList();
  }

  private static Stream<RevisionId> revisionsOf(Change change) {
    return switch (change) {
      case Change.Put put -> Stream.of(put.revision());
      case Change.Purge purge -> purge.revisions().stream();
      case Change.Send send -> Stream.concat(Stream.of(send.revision()), send.revisions().stream());
      case Change.Delete _, Change.SendEnd _, Change.SendExtend _ -> Stream.empty();
    };
  }

  /// The sends that a commit names.
  static List<SendId> sends(Commit commit) {
    return commit.changes().stream().flatMap(RowsOfVault::sendsOf).toList();
  }

  private static Stream<SendId> sendsOf(Change change) {
    return switch (change) {
      case Change.Send send -> Stream.of(send.send());
      case Change.SendEnd end -> Stream.of(end.send());
      case Change.SendExtend extend -> Stream.of(extend.send());
      case Change.Put _, Change.Delete _, Change.Purge _ -> Stream.empty();
    };
  }

  /// The send that a commit names, which exists.
  SendRow require(SendId send) {
    return Objects.requireNonNull(sends.get(send));
  }

  /// A revision that the commit names and that exists.
  Optional<KnownRow> revision(RevisionId revision) {
    return Optional.ofNullable(revisions.get(revision));
  }

  @Override
  public VaultId vault() {
    return new VaultId(row.vault());
  }

  @Override
  public Head head() {
    return new Head(row.seq(), new Hash(row.hash()));
  }

  @Override
  public long lastTeamSeq() {
    return row.teamSeq();
  }

  @Override
  public Optional<FileHead> file(FileId file) {
    return Optional.ofNullable(files.get(file));
  }

  @Override
  public boolean knows(RevisionId revision) {
    return revisions.containsKey(revision);
  }

  @Override
  public boolean holds(FileId file, RevisionId revision) {
    return revision(revision).filter(r -> r.file().equals(file.value()) && !r.purged()).isPresent();
  }

  @Override
  public boolean holdsContent(RevisionId revision) {
    return revision(revision).filter(r -> r.blob().length() > 0 && !r.purged()).isPresent();
  }

  @Override
  public Optional<SendHead> send(SendId send) {
    return Optional.ofNullable(sends.get(send))
        .map(row ->
            new SendHead(
                row.expires(), row.ended() > 0 ? SendHead.State.ENDED : SendHead.State.OPEN));
  }
}
