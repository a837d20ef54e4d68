package dev.cofre.client;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Names;
import dev.cofre.client.history.VerifiedLog;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.CompareWords;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.report.Change;
import dev.cofre.client.sharing.Devices;
import dev.cofre.client.sharing.Endings;
import dev.cofre.client.sharing.Grants;
import dev.cofre.client.sharing.HeadsCode;
import dev.cofre.client.sharing.Invitations;
import dev.cofre.client.sharing.Upkeep;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.TeamState;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The team: its people, roles and devices. Every call first catches up with the log and verifies it.
public final class Team {
  private static final int SHORTEST_ID = 8;

  private final Workspace workspace;

  Team(Workspace workspace) {
    this.workspace = workspace;
  }

  private TeamState caughtUp() throws CofreException {
    Upkeep.catchUp(workspace);
    return workspace.team().state();
  }

  /// The team's id.
  public TeamId id() {
    return workspace.connection().team();
  }

  /// The team's name.
  public String name() throws CofreException {
    return workspace.names().ofTeam(caughtUp());
  }

  /// The last verified entry.
  public Head head() throws CofreException {
    return caughtUp().head();
  }

  /// Everybody who ever joined, by name.
  public List<TeamMember> members() throws CofreException {
    TeamState team = caughtUp();
    return team.members().values().stream()
        .map(member -> TeamMember.of(member, workspace))
        .sorted(Comparator.comparing(TeamMember::name).thenComparing(m -> m.id().hex()))
        .toList();
  }

  /// A member by id, an unambiguous beginning of it of at least 8 digits, name or e-mail. Of several people with that name or address,
  /// removed ones do not count.
  ///
  /// @throws NotFound when there is none, or more than one, or when the name of somebody is not known who might be meant
  public TeamMember member(String idOrNameOrEmail) throws CofreException {
    List<TeamMember> all = members();
    List<TeamMember> meant =
        all.stream().filter(member -> isMeant(member, idOrNameOrEmail)).toList();
    if (meant.size() > 1) {
      meant = meant.stream().filter(TeamMember::present).toList();
    }
    if (meant.size() > 1) {
      throw new NotFound("several members are called " + idOrNameOrEmail, "Name one by the id.");
    }
    TeamMember found =
        meant.stream()
            .findFirst()
            .orElseThrow(() ->
                new NotFound(
                    "there is no member " + idOrNameOrEmail,
                    "List the members to see their names."));
    requireNamesKnown(all, found, idOrNameOrEmail);
    return found;
  }

  /// Names and addresses are what members say of themselves. A server that hides one could let somebody else pass for them.
  private void requireNamesKnown(List<TeamMember> all, TeamMember found, String wanted)
      throws CofreException {
    TeamState team = workspace.team().state();
    boolean unknown =
        all.stream()
            .filter(TeamMember::present)
            .anyMatch(m ->
                Optional.ofNullable(team.members().get(m.id()))
                    .flatMap(member -> workspace.names().profile(member.profile()))
                    .isEmpty());
    if (unknown && !found.id().hex().startsWith(wanted)) {
      throw new NotFound(
          "the server does not give the names of all members, so that " + wanted + " is uncertain",
          "Name the member by the id, which the list of members shows.");
    }
  }

  private static boolean isMeant(TeamMember member, String wanted) {
    return member.name().equals(wanted)
        || (!wanted.isEmpty() && member.email().equalsIgnoreCase(wanted))
        || (wanted.length() >= SHORTEST_ID && member.id().hex().startsWith(wanted));
  }

  /// The log, from its genesis.
  public List<EntryLine> entries() throws CofreException {
    TeamState team = caughtUp();
    Names names = workspace.names();
    return workspace.team().log().entries().stream()
        .map(entry -> EntryLine.of(entry, names.of(team, entry.value().author())))
        .toList();
  }

  /// Opens a place in the team, and makes the link to hand over.
  public NewInvitation invite(InviteRequest request) throws CofreException {
    caughtUp();
    Instant expires = workspace.connection().clock().instant().plus(request.expires());
    Invitations.Offer offer =
        new Invitations.Offer(request.role(), request.vaults(), expires, request.mode());
    try (JoinLink link = Invitations.open(workspace, offer)) {
      workspace.names().remember(link.invite(), request.email());
      return new NewInvitation(link.text(), link.invite(), expires);
    }
  }

  /// All invitations ever made.
  public List<Invitation> invitations() throws CofreException {
    return caughtUp().invitations().values().stream()
        .sorted(Comparator.comparingLong(Invitation::seq))
        .toList();
  }

  /// The address for which this device made an invitation.
  public Optional<String> invited(InviteId invite) {
    return workspace.names().invited(invite);
  }

  /// Closes an open invitation, or declines the join that waits on it.
  public Change cancel(InviteId invite) throws CofreException {
    return Change.of(
        workspace
            .team()
            .appendUnless(
                team ->
                    Optional.ofNullable(team.invitations().get(invite))
                        .filter(known -> known.state() instanceof Invitation.State.Cancelled)
                        .isPresent(),
                _ -> new Body.InviteCancel(invite))
            .isPresent());
  }

  /// The eight words that a newcomer saw when joining, to compare before or after confirming.
  public List<String> joinWords(MemberId member) throws CofreException {
    Member joined = find(caughtUp(), member);
    return workspace
        .team()
        .log()
        .entry(joined.join())
        .filter(entry -> entry.value().body() instanceof Body.Join)
        .map(entry -> CompareWords.over(entry.bytes()))
        .orElseThrow(() -> new NotFound("this member founded the team and joined by no link"));
  }

  private static Member find(TeamState team, MemberId member) throws NotFound {
    return Optional.ofNullable(team.members().get(member))
        .orElseThrow(() -> new NotFound("there is no member " + member));
  }

  /// Accepts a join that waits, and wraps for the newcomer what there is in the vaults of the invitation that this member can write to.
  /// Compare [#joinWords] first.
  public void confirm(MemberId member) throws CofreException {
    workspace.team().append(team -> new Body.Confirm(member, find(team, member).join()));
    for (VaultId vault : workspace.team().state().vaultsOf(member)) {
      Grants.fulfil(workspace, vault);
    }
  }

  /// The vaults that would have no manager left if this member went.
  public Set<VaultId> abandonedBy(MemberId member) throws CofreException {
    return caughtUp().abandonedBy(member);
  }

  /// Ends a membership, one's own included. `acknowledged` are the vaults that may be left without a manager. Where that was done before,
  /// nothing more is written, and the report is of that end.
  ///
  /// @throws Stopped when other vaults would be left so
  public RemovalReport remove(MemberId member, Set<VaultId> acknowledged) throws CofreException {
    return RemovalReport.of(member, Endings.remove(workspace, member, acknowledged));
  }

  /// Changes a member's role in the team.
  public Change changeRole(MemberId member, TeamRole role) throws CofreException {
    return Change.of(
        workspace
            .team()
            .appendUnless(
                team ->
                    Optional.ofNullable(team.members().get(member))
                        .filter(found -> found.confirmed() && found.role() == role)
                        .isPresent(),
                _ -> new Body.RoleChange(member, role))
            .isPresent());
  }

  /// All devices ever added, revoked ones included.
  public List<TeamDevice> devices() throws CofreException {
    TeamState team = caughtUp();
    List<Signed<Entry>> log = workspace.team().log().entries();
    DeviceId here = workspace.connection().identity().device();
    return team.devices().values().stream()
        .map(device -> TeamDevice.of(device, log, here))
        .sorted(Comparator.comparing(TeamDevice::added))
        .toList();
  }

  /// Adds a device of this member: shows a link, waits for the new device, asks to compare, accepts.
  ///
  /// @throws Stopped when the words differ
  public DeviceId pair(Pairing pairing) throws CofreException {
    caughtUp();
    Devices.nameVaults(workspace);
    Connection connection = workspace.connection();
    try (PairLink link =
        PairLink.make(
            connection.origin(),
            connection.team(),
            workspace.team().state().head(),
            connection.identity(),
            connection.random())) {
      connection.server().openRelay(connection.team(), link.relay());
      pairing.show(link.text());
      SignedBytes statement =
          link.open(
              Joining.await(
                  () -> connection.server().readRelay(connection.team(), link.relay()),
                  "no device has answered"));
      DeviceId device = Devices.read(statement, connection.team(), workspace.me()).device().id();
      if (pairing.compare(CompareWords.over(statement)) == Pairing.Answer.DIFFERENT) {
        throw new Stopped(
            "the words differ: the device was not added",
            "Somebody else may have seen the link. Start again with a fresh one.");
      }
      Devices.add(workspace, statement);
      return device;
    }
  }

  /// Ends a device. When it was this member's, their encryption key is replaced at once.
  public Change revokeDevice(DeviceId device) throws CofreException {
    return Devices.revoke(workspace, device);
  }

  /// Makes a recovery kit, a further device of this member.
  public RecoveryKitSheet printKit() throws CofreException {
    TeamState team = caughtUp();
    try (RecoveryKit kit = Devices.addKit(workspace)) {
      return new RecoveryKitSheet(
          kit.words(),
          URI.create(workspace.connection().origin()),
          kit.team(),
          workspace.names().ofTeam(team),
          workspace.names().of(team, workspace.me()),
          kit.device(),
          kit.head(),
          workspace.connection().clock().instant(),
          kit.code());
    }
  }

  /// Sixty digits that this member and another see alike when both have verified the same log and vaults in common.
  public String comparisonCode(MemberId other) throws CofreException {
    find(caughtUp(), other);
    return HeadsCode.with(workspace, other);
  }

  /// Verifies the whole stored log again, from its genesis.
  ///
  /// @return how many entries there are
  public long verify() throws CofreException {
    caughtUp();
    return VerifiedLog.of(id(), workspace.team().log().bytes()).entries().size();
  }
}
