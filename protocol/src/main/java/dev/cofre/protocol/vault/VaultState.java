package dev.cofre.protocol.vault;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.tree.PersistentMap;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// A vault's history in memory, as its commits say after some commit. Immutable; [#apply] copies almost nothing.
public final class VaultState implements VaultView {
  private static final Comparator<Id> BY_VALUE = Comparator.comparing(Id::value);

  private final VaultId vault;
  private final Head head;
  private final long lastTeamSeq;
  private final PersistentMap<FileId, FileHead> files;
  private final PersistentMap<RevisionId, Kept> revisions;

  /// A revision's file, and whether it is purged.
  private record Kept(FileId file, boolean purged) {}

  private VaultState(
      VaultId vault,
      Head head,
      long lastTeamSeq,
      PersistentMap<FileId, FileHead> files,
      PersistentMap<RevisionId, Kept> revisions) {
    this.vault = vault;
    this.head = head;
    this.lastTeamSeq = lastTeamSeq;
    this.files = files;
    this.revisions = revisions;
  }

  /// A vault before its first commit.
  public static VaultState start(VaultId vault) {
    return new VaultState(
        vault,
        Head.ofEmpty(vault),
        0,
        PersistentMap.empty(BY_VALUE),
        PersistentMap.empty(BY_VALUE));
  }

  /// The vault after one more commit; this state stays as it is.
  ///
  /// @throws RuleException when [VaultRules] refuse the commit
  public VaultState apply(TeamState team, Signed<Commit> signed) throws RuleException {
    VaultRules.check(team, this, signed);
    PersistentMap<FileId, FileHead> nextFiles = files;
    PersistentMap<RevisionId, Kept> nextRevisions = revisions;
    for (Change change : signed.value().changes()) {
      switch (change) {
        case Change.Put put -> {
          nextFiles = nextFiles.with(put.file(), new FileHead(put.revision(), FileHead.State.LIVE));
          nextRevisions = nextRevisions.with(put.revision(), new Kept(put.file(), false));
        }
        case Change.Delete delete ->
            nextFiles =
                nextFiles.with(
                    delete.file(), new FileHead(delete.previous(), FileHead.State.DELETED));
        case Change.Purge purge -> {
          for (RevisionId revision : purge.revisions()) {
            nextRevisions = nextRevisions.with(revision, new Kept(purge.file(), true));
          }
        }
      }
    }
    return new VaultState(
        vault,
        new Head(signed.value().seq(), signed.hash()),
        signed.value().teamHead().seq(),
        nextFiles,
        nextRevisions);
  }

  @Override
  public VaultId vault() {
    return vault;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public long lastTeamSeq() {
    return lastTeamSeq;
  }

  /// All files ever put, deleted ones included, by file id.
  public Map<FileId, FileHead> files() {
    return files;
  }

  @Override
  public Optional<FileHead> file(FileId file) {
    return files.find(file);
  }

  @Override
  public boolean knows(RevisionId revision) {
    return revisions.containsKey(revision);
  }

  @Override
  public boolean holds(FileId file, RevisionId revision) {
    return revisions.find(revision).filter(k -> k.file().equals(file) && !k.purged()).isPresent();
  }
}
