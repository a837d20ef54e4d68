package dev.cofre.protocol.vault;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.WriteRight;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules of a vault's history: the one definition, run by server and clients alike. Pure.
public final class VaultRules {
  private VaultRules() {}

  /// Checks that a commit may follow upon what the view shows. `team` may be newer than the commit's team head: the right is
  /// judged at that head, by what the log says since about its end.
  ///
  /// @throws RuleException with the first rule that the commit breaks
  public static void check(TeamState team, VaultView view, Signed<Commit> signed)
      throws RuleException {
    Commit commit = signed.value();
    require(
        commit.team().equals(team.id())
            && commit.vault().equals(view.vault())
            && commit.seq() == view.head().seq() + 1
            && commit.prev().equals(view.head().hash()),
        Rule.PLACE,
        "not the commit after this vault's head");
    require(team.vaults().contains(commit.vault()), Rule.VAULT, "no such vault in this team");
    require(
        signed.bytes().payload().length() <= SignedBytes.MAX_PAYLOAD
            && commit.changes().size() <= Commit.MAX_CHANGES
            && !commit.changes().isEmpty(),
        Rule.LIMIT,
        "longer than 4 MiB, more than 4096 changes, or none");
    requireTeamHead(team, view, commit);
    requireSignature(team, signed);
    requireRight(team, commit);
    Optional<Hash> named = team.namedHash(commit.vault(), commit.seq());
    require(
        named.filter(hash -> !hash.equals(signed.hash())).isEmpty(),
        Rule.FORK,
        "the team log names another commit for this place");
    requireChanges(view, commit);
  }

  private static void requireTeamHead(TeamState team, VaultView view, Commit commit)
      throws RuleException {
    require(
        team.hashAt(commit.teamHead().seq()).filter(commit.teamHead().hash()::equals).isPresent(),
        Rule.TEAM_HEAD,
        "its team head is not in the log");
    require(
        commit.teamHead().seq() >= view.lastTeamSeq(),
        Rule.OLDER_TEAM_HEAD,
        "its team head is older than the previous commit's");
  }

  private static void requireSignature(TeamState team, Signed<Commit> signed) throws RuleException {
    Commit commit = signed.value();
    Device device =
        Optional.ofNullable(team.devices().get(commit.device()))
            .filter(d -> d.member().equals(commit.author()))
            .orElseThrow(() -> new RuleException(Rule.DEVICE, "not a device of the author"));
    require(
        signed.label() == Label.COMMIT && signed.verifies(device.keys().signingKey()),
        Rule.SIGNATURE,
        "does not verify");
  }

  private static void requireRight(TeamState team, Commit commit) throws RuleException {
    WriteRight right =
        team.writeRight(commit.vault(), commit.author(), commit.device(), commit.teamHead().seq())
            .filter(r -> r.role().atLeast(VaultRole.EDITOR))
            .orElseThrow(
                () -> new RuleException(Rule.NO_WRITE_RIGHT, "no right to write at its team head"));
    require(
        right.role().atLeast(needed(commit.changes())),
        Rule.VAULT_ROLE_TOO_LOW,
        "only a manager purges or renames");
    require(
        stands(right, commit.seq(), commit.changes()),
        Rule.BEYOND_THE_END,
        "beyond the head named when the author's right ended");
  }

  /// Whether the commit `seq`, which its author had the right to make, lies within the heads named when that right ended. Heads are named
  /// later too, so whoever has taken a commit asks again once the log has grown.
  public static boolean stands(WriteRight right, long seq, List<Change> changes) {
    return right.reaches(seq, VaultRole.EDITOR) && right.reaches(seq, needed(changes));
  }

  /// The role that a commit of these changes takes.
  public static VaultRole needed(List<Change> changes) {
    boolean managing =
        changes.stream().anyMatch(c -> c instanceof Change.Purge || c.file().equals(FileId.NAME));
    return managing ? VaultRole.MANAGER : VaultRole.EDITOR;
  }

  private static void requireChanges(VaultView view, Commit commit) throws RuleException {
    if (commit.seq() == 1) {
      Change first = commit.changes().getFirst();
      require(
          first instanceof Change.Put && first.file().equals(FileId.NAME),
          Rule.NAME,
          "the first change of a vault names it");
    }
    Set<FileId> files = new HashSet<>();
    Set<RevisionId> revisions = new HashSet<>();
    for (Change change : commit.changes()) {
      require(files.add(change.file()), Rule.TWICE, "two changes of one file");
      Optional<FileHead> file = view.file(change.file());
      switch (change) {
        case Change.Put put -> {
          require(revisions.add(put.revision()), Rule.TWICE, "one revision id twice");
          requirePut(view, file, put);
        }
        case Change.Delete delete -> requireDelete(file, delete);
        case Change.Purge purge -> requirePurge(view, file, purge);
        case Change.Send send -> {
          require(revisions.add(send.revision()), Rule.TWICE, "one revision id twice");
          SendRules.require(view, file, send);
        }
        case Change.SendEnd end -> SendRules.require(view, end);
        case Change.SendExtend extend -> SendRules.require(view, extend);
      }
    }
  }

  private static void requirePut(VaultView view, Optional<FileHead> file, Change.Put put)
      throws RuleException {
    boolean name = put.file().equals(FileId.NAME);
    require(
        name == put.blob().isEmpty(),
        name ? Rule.NAME : Rule.BLOB,
        "the vault's name has no blob, every file has one");
    require(
        put.previous().equals(file.map(FileHead::last)),
        Rule.PREVIOUS,
        "not upon the file's last revision");
    require(!view.knows(put.revision()), Rule.REVISION, "a known revision id");
  }

  private static void requireDelete(Optional<FileHead> file, Change.Delete delete)
      throws RuleException {
    require(!delete.file().equals(FileId.NAME), Rule.NAME, "a vault's name is not deleted");
    require(
        file.filter(f -> !f.deleted() && f.last().equals(delete.previous())).isPresent(),
        Rule.PREVIOUS,
        "not upon a live file's last revision");
  }

  private static void requirePurge(VaultView view, Optional<FileHead> file, Change.Purge purge)
      throws RuleException {
    Set<RevisionId> seen = new HashSet<>();
    for (RevisionId revision : purge.revisions()) {
      require(seen.add(revision), Rule.TWICE, "one revision purged twice");
      boolean needed = file.filter(f -> !f.deleted() && f.last().equals(revision)).isPresent();
      require(
          !needed && view.holds(purge.file(), revision),
          Rule.PURGE,
          "not a superseded or deleted revision of the file, or purged already");
    }
  }
}
