package dev.cofre.client;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.team.Invitation;
import java.util.List;
import java.util.Set;

/// The team: its people, roles and devices. Every call first catches up with the log and verifies it.
public final class Team {
  Team() {}

  /// The team's id.
  public TeamId id() {
    return Unfinished.yet();
  }

  /// The team's name.
  public String name() throws CofreException {
    return Unfinished.yet();
  }

  /// The last verified entry.
  public Head head() throws CofreException {
    return Unfinished.yet();
  }

  /// Everybody who ever joined, by name.
  public List<TeamMember> members() throws CofreException {
    return Unfinished.yet();
  }

  /// A member by id, name or e-mail.
  ///
  /// @throws dev.cofre.client.failure.NotFound when there is none, or more than one
  public TeamMember member(String idOrNameOrEmail) throws CofreException {
    return Unfinished.yet();
  }

  /// The log, from its genesis.
  public List<EntryLine> entries() throws CofreException {
    return Unfinished.yet();
  }

  /// Opens a place in the team, and makes the link to hand over.
  public NewInvitation invite(InviteRequest request) throws CofreException {
    return Unfinished.yet();
  }

  /// All invitations ever made.
  public List<Invitation> invitations() throws CofreException {
    return Unfinished.yet();
  }

  /// Closes an open invitation, or declines the join that waits on it.
  public void cancel(InviteId invite) throws CofreException {
    Unfinished.yet();
  }

  /// The eight words that a newcomer saw when joining, to compare before or after confirming.
  public List<String> joinWords(MemberId member) throws CofreException {
    return Unfinished.yet();
  }

  /// Accepts a join that waits. Compare [#joinWords] first.
  public void confirm(MemberId member) throws CofreException {
    Unfinished.yet();
  }

  /// The vaults that would have no manager left if this member went.
  public Set<VaultId> abandonedBy(MemberId member) throws CofreException {
    return Unfinished.yet();
  }

  /// Ends a membership, one's own included. `acknowledged` are the vaults that may be left without a manager.
  ///
  /// @throws dev.cofre.client.failure.Stopped when other vaults would be left so
  public RemovalReport remove(
      MemberId member, Reencrypt reencrypt, Set<VaultId> acknowledged, Progress progress)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Changes a member's role in the team.
  public void changeRole(MemberId member, TeamRole role) throws CofreException {
    Unfinished.yet();
  }

  /// All devices ever added, revoked ones included.
  public List<TeamDevice> devices() throws CofreException {
    return Unfinished.yet();
  }

  /// Adds a device of this member: shows a link, waits for the new device, asks to compare, accepts.
  public DeviceId pair(Pairing pairing) throws CofreException {
    return Unfinished.yet();
  }

  /// Ends a device. When it was this member's, their encryption key is replaced at once.
  public void revokeDevice(DeviceId device) throws CofreException {
    Unfinished.yet();
  }

  /// Makes a recovery kit, a further device of this member.
  public RecoveryKitSheet printKit() throws CofreException {
    return Unfinished.yet();
  }

  /// Sixty digits that this member and another see alike when both have verified the same log and vaults in common.
  public String comparisonCode(MemberId other) throws CofreException {
    return Unfinished.yet();
  }

  /// Reads and verifies the whole stored log again, from its genesis.
  public long verify() throws CofreException {
    return Unfinished.yet();
  }
}
