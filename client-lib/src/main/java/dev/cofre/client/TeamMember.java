package dev.cofre.client;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Standing;
import java.time.Instant;
import java.util.Map;

/// Somebody of the team. Name and e-mail are what the log's hash vouches for; without them the name is the id's beginning and
/// the e-mail empty. `joined` is the newcomer's own clock; `join` the hash of the entry that brought them in.
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
}
