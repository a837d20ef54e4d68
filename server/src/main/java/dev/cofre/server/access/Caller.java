package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.TeamState;
import java.util.Optional;

/// Whoever asks, with a session that is good at this moment. `team` is what the log says now; `token` is the hash of the
/// session's token.
public sealed interface Caller {
  /// What the team's log says now.
  TeamState team();

  /// The hash of the session's token.
  Bytes token();

  /// Whose memory what this caller sends and asks for is counted as: the member's or the invitation's.
  Bytes holder();

  /// The team's id.
  default TeamId teamId() {
    return team().id();
  }

  /// A device of somebody who joined; confirmed or waiting.
  record OfMember(TeamState team, Bytes token, MemberId member) implements Caller {
    @Override
    public Bytes holder() {
      return member.value();
    }

    /// Whether this is a member, and not somebody whose join waits.
    public boolean confirmed() {
      return Optional.ofNullable(team.members().get(member)).filter(Member::confirmed).isPresent();
    }
  }

  /// Whoever holds the secret of an open invitation.
  record OfInvite(TeamState team, Bytes token, InviteId invite) implements Caller {
    @Override
    public Bytes holder() {
      return invite.value();
    }
  }

  /// A member, in a vault where they have a role.
  record InVault(TeamState team, MemberId member, VaultId vault) {
    /// The team's id.
    public TeamId teamId() {
      return team.id();
    }
  }
}
