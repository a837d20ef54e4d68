package dev.cofre.client.history;

import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.WriteRight;
import dev.cofre.protocol.vault.VaultRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Finds, among commits that this device has taken, one that no longer stands: beyond a head named in an entry of the team log that this
/// device has learnt of since. A server that showed the log as it was cannot have such a commit; it kept the entry back.
final class LateCommits {
  private final TeamState team;
  private final VaultIndex index;
  private final Map<Author, Optional<WriteRight>> rights = new HashMap<>();

  private record Author(MemberId member, DeviceId device, long teamSeq) {
    static Author of(Fact.Committed commit) {
      return new Author(commit.author(), commit.device(), commit.teamSeq());
    }
  }

  private LateCommits(TeamState team, VaultIndex index) {
    this.team = team;
    this.index = index;
  }

  /// The first of them.
  static Optional<Fact.Committed> first(TeamState team, VaultIndex index) {
    LateCommits late = new LateCommits(team, index);
    return index.commits().stream().filter(commit -> !late.stands(commit)).findFirst();
  }

  private boolean stands(Fact.Committed commit) {
    Optional<WriteRight> right = rights.computeIfAbsent(Author.of(commit), this::right);
    return right.isPresent() && VaultRules.stands(right.get(), commit.seq(), commit.changes());
  }

  private Optional<WriteRight> right(Author author) {
    return team.writeRight(index.vault(), author.member(), author.device(), author.teamSeq());
  }

  /// The entry that ended the right of a late commit's author.
  static Optional<Signed<Entry>> ending(VerifiedLog log, VaultId vault, Fact.Committed late) {
    return log.entries().stream()
        .filter(entry -> entry.value().seq() > late.teamSeq())
        .filter(entry -> ends(entry.value().body(), late))
        .filter(entry ->
            entry.value().body().namedHeads().stream()
                .anyMatch(head -> head.vault().equals(vault) && head.head().seq() < late.seq()))
        .findFirst();
  }

  /// Whether an entry ends what the author of a commit needed for it.
  private static boolean ends(Body body, Fact.Committed commit) {
    return switch (body) {
      case Body.MemberRemove removal -> removal.member().equals(commit.author());
      case Body.DeviceRevoke revocation -> revocation.device().equals(commit.device());
      case Body.Revoke revocation -> revocation.member().equals(commit.author());
      case Body.Grant grant ->
          grant.member().equals(commit.author())
              && !grant.role().atLeast(VaultRules.needed(commit.changes()));
      case Body.Genesis _,
          Body.Invite _,
          Body.InviteCancel _,
          Body.Join _,
          Body.Confirm _,
          Body.RoleChange _,
          Body.DeviceAdd _,
          Body.MemberRekey _,
          Body.VaultCreate _,
          Body.Policy _ ->
          false;
    };
  }
}
