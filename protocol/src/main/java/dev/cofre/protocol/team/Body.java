package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.List;
import java.util.Optional;

/// What a team entry does. Times are milliseconds since 1970 UTC. `heads` name the past that an entry ends or hands over:
/// for every vault concerned, exactly once, the head its author saw. Who may post what: the rights table of
/// `docs/protocol.md`. Kinds 15 and 16 are kept for agreements.
public sealed interface Body {
  /// Most vaults that one entry can name.
  int MAX_VAULTS = 4096;

  /// Starts a team, its author the first owner. `profile` hashes are over salted texts held beside the log.
  @Kind(1)
  record Genesis(
      Hash teamProfile,
      MemberId owner,
      Hash profile,
      DeviceKeys device,
      @Length(min = 1216, max = 1216) Bytes memberKey)
      implements Body {}

  /// Opens one place in the team to whoever holds the secret behind `key`.
  @Kind(2)
  record Invite(
      InviteId invite,
      @Length(min = 32, max = 32) Bytes key,
      TeamRole role,
      @Length(max = MAX_VAULTS) List<VaultGrant> vaults,
      long expires,
      JoinMode mode)
      implements Body {}

  /// Closes an open invitation, or declines a join that waits.
  @Kind(3)
  record InviteCancel(InviteId invite) implements Body {}

  /// Takes the place. The author is the newcomer and the signing device theirs; `statement` is a [JoinStatement] signed by
  /// the invitation's key.
  @Kind(4)
  record Join(SignedBytes statement) implements Body {}

  /// Accepts a join that waits; `join` is the hash of its entry.
  @Kind(5)
  record Confirm(MemberId member, Hash join) implements Body {}

  /// Ends a membership, the author's own included. `abandoned` lists exactly the vaults left without a manager by it.
  @Kind(6)
  record MemberRemove(
      MemberId member,
      @Length(max = MAX_VAULTS) List<VaultHead> heads,
      @Length(max = MAX_VAULTS) List<VaultId> abandoned)
      implements Body {}

  /// Changes a member's role in the team.
  @Kind(7)
  record RoleChange(MemberId member, TeamRole role) implements Body {}

  /// Adds a device of the author's. `statement` is a [DeviceStatement] signed by the new device.
  @Kind(8)
  record DeviceAdd(SignedBytes statement, WrappedSeed seed) implements Body {}

  /// Ends a device and voids its member's encryption key.
  @Kind(9)
  record DeviceRevoke(DeviceId device, @Length(max = MAX_VAULTS) List<VaultHead> heads)
      implements Body {}

  /// Gives the author a new encryption key. Every live device of theirs finds its seed in `seeds`; `previousSeed` is the
  /// old one sealed under the new.
  @Kind(10)
  record MemberRekey(
      @Length(min = 1216, max = 1216) Bytes memberKey,
      @Length(min = 1, max = 256) List<WrappedSeed> seeds,
      @Length(min = 1, max = 512) Bytes previousSeed,
      @Length(max = MAX_VAULTS) List<VaultHead> heads)
      implements Body {}

  /// Starts a vault with its author as manager. The vault id is this entry's hash; `salt` makes it unique.
  @Kind(11)
  record VaultCreate(@Length(min = 16, max = 16) Bytes salt) implements Body {}

  /// Gives a member a role in a vault, or changes it. `until` is when the server stops serving it.
  @Kind(12)
  record Grant(MemberId member, VaultHead vault, VaultRole role, Optional<Long> until)
      implements Body {}

  /// Ends a member's role in a vault.
  @Kind(13)
  record Revoke(MemberId member, VaultHead vault, Abandon abandon) implements Body {}

  /// Sets the team's rules. No field may decrease.
  @Kind(14)
  record Policy(int formatFloor, JoinMode joins) implements Body {}

  /// Whether an entry leaves a vault without its last manager, or without anybody. The ordinal is the wire form.
  enum Abandon {
    /// It does not.
    KEPT,
    /// It does, and its author was told.
    ABANDONED
  }

  /// The heads of vaults that the entry names, in its order.
  default List<VaultHead> namedHeads() {
    return switch (this) {
      case Invite invite -> invite.vaults().stream().map(VaultGrant::vault).toList();
      case MemberRemove remove -> remove.heads();
      case DeviceRevoke revoke -> revoke.heads();
      case MemberRekey rekey -> rekey.heads();
      case Grant grant -> List.of(grant.vault());
      case Revoke revoke -> List.of(revoke.vault());
      case Genesis _,
          InviteCancel _,
          Join _,
          Confirm _,
          RoleChange _,
          DeviceAdd _,
          VaultCreate _,
          Policy _ ->
          List.of();
    };
  }

  /// Whether the entry ends what a member or a device could do, and does not merely lower it.
  default boolean endsRights() {
    return switch (this) {
      case MemberRemove _, DeviceRevoke _, Revoke _ -> true;
      case Genesis _,
          Invite _,
          InviteCancel _,
          Join _,
          Confirm _,
          RoleChange _,
          DeviceAdd _,
          MemberRekey _,
          VaultCreate _,
          Grant _,
          Policy _ ->
          false;
    };
  }
}
