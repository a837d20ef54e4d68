package dev.cofre.client.history;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.VaultGrant;
import java.util.List;
import java.util.Optional;

/// The heads of vaults that entries of the team log name.
final class NamedHeads {
  private NamedHeads() {}

  /// The entry that names a vault's chain at a place.
  static Optional<Signed<Entry>> naming(VerifiedLog log, VaultId vault, long seq) {
    return log.entries().stream()
        .filter(
            entry -> in(entry.value().body()).stream().anyMatch(named -> isAt(named, vault, seq)))
        .findFirst();
  }

  private static boolean isAt(VaultHead named, VaultId vault, long seq) {
    Head head = named.head();
    return named.vault().equals(vault) && head.seq() == seq;
  }

  private static List<VaultHead> in(Body body) {
    return switch (body) {
      case Body.Invite invite -> invite.vaults().stream().map(VaultGrant::vault).toList();
      case Body.MemberRemove removal -> removal.heads();
      case Body.DeviceRevoke revocation -> revocation.heads();
      case Body.MemberRekey rekey -> rekey.heads();
      case Body.Grant grant -> List.of(grant.vault());
      case Body.Revoke revocation -> List.of(revocation.vault());
      case Body.Genesis _,
          Body.InviteCancel _,
          Body.Join _,
          Body.Confirm _,
          Body.RoleChange _,
          Body.DeviceAdd _,
          Body.VaultCreate _,
          Body.Policy _ ->
          List.of();
    };
  }
}
