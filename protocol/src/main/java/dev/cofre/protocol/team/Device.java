package dev.cofre.protocol.team;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import java.util.Map;
import java.util.Optional;

/// A member's device. It signs for its member from the entry `since` on and until before the entry `revokedAt`; `last` are the
/// vault heads named by that entry, beyond which nothing by this device counts.
public record Device(
    DeviceKeys keys,
    MemberId member,
    long since,
    Optional<Long> revokedAt,
    Map<VaultId, Head> last) {
  public Device {
    last = Map.copyOf(last);
  }

  static Device added(DeviceKeys keys, MemberId member, long since) {
    return new Device(keys, member, since, Optional.empty(), Map.of());
  }

  /// Whether it is not revoked now.
  public boolean live() {
    return revokedAt.isEmpty();
  }

  /// Whether it could sign right after the entry `seq` of the team log.
  public boolean liveAt(long seq) {
    return since <= seq && revokedAt.filter(end -> end <= seq).isEmpty();
  }

  Device ended(long seq, Map<VaultId, Head> heads) {
    return new Device(keys, member, since, Optional.of(seq), heads);
  }
}
