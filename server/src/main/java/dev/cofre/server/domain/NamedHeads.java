package dev.cofre.server.domain;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.server.store.CommitRows;
import dev.cofre.server.store.VaultRow;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// The heads of vaults that an entry names: the past that it ends, or hands over.
@Singleton
class NamedHeads {
  private final CommitRows commits;

  NamedHeads(CommitRows commits) {
    this.commits = commits;
  }

  /// Whose right to write an entry ends or lowers: a member or a device.
  static Optional<Id> endedBy(Body body, TeamState before) {
    return switch (body) {
      case Body.MemberRemove remove -> Optional.of(remove.member());
      case Body.DeviceRevoke revoke -> Optional.of(revoke.device());
      case Body.Revoke revoke -> Optional.of(revoke.member());
      case Body.Grant grant when lowers(grant, before) -> Optional.of(grant.member());
      default -> Optional.empty();
    };
  }

  private static boolean lowers(Body.Grant grant, TeamState before) {
    return Optional.ofNullable(before.roles(grant.vault().vault()).get(grant.member()))
        .filter(role -> role.atLeast(VaultRole.EDITOR) && !grant.role().atLeast(role))
        .isPresent();
  }

  /// Whether a named head is in its vault's chain. The vault is locked.
  boolean isInChain(TeamId team, VaultHead named, Map<VaultId, VaultRow> locked) {
    VaultRow row = locked.get(named.vault());
    if (row == null || named.head().seq() > row.seq()) {
      return false;
    }
    if (named.head().seq() == row.seq()) {
      return named.head().hash().value().equals(row.hash());
    }
    if (named.head().seq() == 0) {
      return named.head().equals(Head.ofEmpty(named.vault()));
    }
    return commits
        .at(team.value(), named.vault().value(), named.head().seq())
        .filter(c -> c.hash().equals(named.head().hash().value()))
        .isPresent();
  }

  /// Whether there are commits by the subject above a named head.
  boolean wroteBeyond(TeamId team, VaultHead named, Id subject, Map<VaultId, VaultRow> locked) {
    VaultRow row = locked.get(named.vault());
    if (row == null || named.head().seq() >= row.seq()) {
      return false;
    }
    long seq = named.head().seq();
    long count =
        switch (subject) {
          case MemberId member ->
              commits.countByAuthor(team.value(), named.vault().value(), member.value(), seq);
          case DeviceId device ->
              commits.countByDevice(team.value(), named.vault().value(), device.value(), seq);
          default -> throw new IllegalArgumentException("neither member nor device");
        };
    return count > 0;
  }
}
