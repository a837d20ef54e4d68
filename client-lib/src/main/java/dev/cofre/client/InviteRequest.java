package dev.cofre.client;

import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.JoinMode;
import java.time.Duration;
import java.util.Map;

/// Whom to invite, as what, into which vaults, and how. `email` is kept by this device alone, which calls the
/// newcomer by it unless they give one; nothing is sent.
public record InviteRequest(
    String email, TeamRole role, Map<VaultId, VaultRole> vaults, Duration expires, JoinMode mode) {
  /// How long an invitation stays open unless said otherwise.
  public static final Duration USUAL_EXPIRY = Duration.ofDays(7);

  /// Copies the map.
  public InviteRequest {
    vaults = Map.copyOf(vaults);
    if (expires.isNegative() || expires.isZero()) {
      throw new IllegalArgumentException("an invitation that has expired already");
    }
  }
}
