package dev.cofre.server.domain;

import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.TeamState;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// Who may do what in a vault, by what the team's log says and by this server's clock. Asked when a request is let in, and again by
/// whoever writes: a body may take hours, and a right may end meanwhile.
@Singleton
public class Rights {
  private final InstantSource clock;

  Rights(InstantSource clock) {
    this.clock = clock;
  }

  /// Makes sure that somebody is a confirmed member with at least this role in this vault, now.
  ///
  /// @throws Refusal `NOT_FOUND` without a role, `NOT_ALLOWED` with a lower one, `GRANT_ENDED` after its date
  public void require(TeamState team, VaultId vault, MemberId member, VaultRole needed) {
    Refusal.unlessFound(Optional.ofNullable(team.members().get(member)).filter(Member::confirmed));
    VaultRole role =
        Optional.ofNullable(team.roles(vault).get(member)).orElseThrow(Refusal::notFound);
    Refusal.unless(
        team.until(vault, member).filter(end -> end <= clock.millis()).isEmpty(),
        Problem.GRANT_ENDED,
        "your access to this vault ended on its date");
    Refusal.unless(
        role.atLeast(needed), Problem.NOT_ALLOWED, "your role in this vault does not allow it");
  }
}
