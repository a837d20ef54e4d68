package dev.cofre.protocol.vault;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
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
  private final Sends sends;

  /// A revision's file, and whether it has a blob and is purged.
  private record Kept(FileId file, boolean content, boolean purged) {}

  private VaultState(
      VaultId vault,
      Head head,
      long lastTeamSeq,
      PersistentMap<FileId, FileHead> files,
      PersistentMap<RevisionId, Kept> revisions,
      Sends sends) {
    this.vault = vault;
    this.head = head;
    this.lastTeamSeq = lastTeamSeq;
    this.files = files;
    this.revisions = revisions;
    this.sends = sends;
  }

  /// A vault before its first commit.
  public static VaultState start(VaultId vault) {
    return new VaultState(
        vault,
        Head.ofEmpty(vault),
        0,
        PersistentMap.empty(BY_VALUE),
        PersistentMap.empty(BY_VALUE),
        Sends.none());
  }

  /// The vault after one more commit; this state stays as it is.
  ///
  /// @throws RuleException when [VaultRules] refuse the commit
  public VaultState apply(TeamState team, Signed<Commit> signed) throws RuleException {
    VaultRules.check(team, this, signed);
    PersistentMap<FileId, FileHead> nextFiles = files;
    PersistentMap<RevisionId, Kept> nextRevisions = revisions;
    Commit commit = signed.value();
    for (Change.Put put : commit.puts()) {
      nextFiles = nextFiles.with(put.file(), new FileHead(put.revision(), FileHead.State.LIVE));
      nextRevisions =
          nextRevisions.with(put.revision(), new Kept(put.file(), put.blob().isPresent(), false));
    }
    for (Change change : commit.changes()) {
      switch (change) {
        case Change.Delete delete ->
            nextFiles =
                nextFiles.with(
                    delete.file(), new FileHead(delete.previous(), FileHead.State.DELETED));
        case Change.Purge purge -> {
          for (RevisionId revision : purge.revisions()) {
            nextRevisions = nextRevisions.with(revision, new Kept(purge.file(), false, true));
          }
        }
        case Change.Put _, Change.Send _, Change.SendEnd _, Change.SendExtend _ -> {}
      }
    }
    return new VaultState(
        vault,
        new Head(commit.seq(), signed.hash()),
        commit.teamHead().seq(),
        nextFiles,
        nextRevisions,
        sends.after(commit.author(), commit.seq(), commit.teamHead().seq(), commit.changes()));
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

  @Override
  public boolean holdsContent(RevisionId revision) {
    return revisions.find(revision).filter(Kept::content).isPresent();
  }

  @Override
  public Optional<SendHead> send(SendId send) {
    return sends.find(send).map(Sends.Sent::head);
  }

  /// All sends ever made, ended ones included.
  public Sends sends() {
    return sends;
  }
}
