package dev.cofre.client;

import dev.cofre.client.history.Workspace;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.Standing;
import dev.cofre.protocol.team.TeamState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Somebody of the team. Name and e-mail are what the log's hash vouches for; without them the name is the id's beginning and
/// the e-mail the one for which this device made the invitation, or empty. `joined` is the newcomer's own clock; `join` the hash of the entry that brought them in.
public record TeamMember(
    MemberId id,
    String name,
    String email,
    TeamRole role,
    Standing standing,
    Instant joined,
    Hash join,
    Map<VaultId, VaultRole> vaults) {
  /// Copies the map.
  public TeamMember {
    vaults = Map.copyOf(vaults);
  }

  static TeamMember of(Member member, Workspace workspace) {
    TeamState team = workspace.team().state();
    Optional<Profile> profile = workspace.names().profile(member.profile());
    Map<VaultId, VaultRole> vaults = new HashMap<>();
    for (VaultId vault : team.vaultsOf(member.id())) {
      Optional.ofNullable(team.roles(vault).get(member.id()))
          .ifPresent(role -> vaults.put(vault, role));
    }
    return new TeamMember(
        member.id(),
        workspace.names().of(team, member.id()),
        profile
            .map(Profile::email)
            .filter(given -> !given.isEmpty())
            .or(() -> member.invite().flatMap(workspace.names()::invited))
            .orElse(""),
        member.role(),
        member.standing(),
        Instant.ofEpochMilli(
            workspace.team().log().entries().get((int) member.since()).value().time()),
        member.join(),
        vaults);
  }

  /// Whether this is a member now, or waits to become one.
  boolean present() {
    return standing != Standing.REMOVED;
  }
}
