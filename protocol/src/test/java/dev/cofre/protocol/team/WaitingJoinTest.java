package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.empty;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Invitation.State;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who closes an invitation, and who accepts or declines the join that waits.
class WaitingJoinTest {
  private final Actor ana = actor();
  private TestTeam team;
  private Actor admin;
  private Actor peer;
  private Actor plain;

  @BeforeEach
  void start() throws Exception {
    team = TestTeam.startedBy(ana);
    admin = team.member(ana, TeamRole.ADMIN);
    peer = team.member(ana, TeamRole.ADMIN);
    plain = team.member(ana, TeamRole.MEMBER);
  }

  private State state(Invited invited) {
    return team.state().invitations().get(invited.id()).state();
  }

  private static Body cancel(Invited invited) {
    return new Body.InviteCancel(invited.id());
  }

  private Invited invitedBy(Actor inviter, TeamRole role) throws Exception {
    return team.invite(inviter, role, JoinMode.AFTER_CONFIRMATION);
  }

  /// Somebody joins, and waits.
  private Body.Confirm joined(Actor who, Invited invited) throws Exception {
    team.post(team.join(who, invited));
    assertEquals(new State.Waiting(who.id()), state(invited));
    assertEquals(Standing.WAITING, standing(who));
    return new Body.Confirm(who.id(), team.state().head().hash());
  }

  private Standing standing(Actor who) {
    return team.state().members().get(who.id()).standing();
  }

  @Test
  void aMembersInvitationIsClosedByItsInviterByAdminsAndByOwners() throws Exception {
    for (Actor closer : List.of(admin, peer, ana)) {
      Invited invited = invitedBy(admin, TeamRole.MEMBER);
      refuses(team, Rule.ROLE_TOO_LOW, plain, cancel(invited));
      team.post(closer, cancel(invited));
      assertEquals(new State.Cancelled(), state(invited));
      refuses(team, Rule.INVITE, team.join(actor(), invited));
    }
  }

  @Test
  void anOwnersInvitationIsClosedByOwnersOnly() throws Exception {
    Invited invited = invitedBy(ana, TeamRole.MEMBER);
    refuses(team, Rule.ROLE_TOO_LOW, admin, cancel(invited));
    Actor second = team.member(ana, TeamRole.OWNER);
    team.post(second, cancel(invited));
    assertEquals(new State.Cancelled(), state(invited));
  }

  @Test
  void aFormerAdminStillClosesTheirOwn() throws Exception {
    Invited invited = invitedBy(admin, TeamRole.MEMBER);
    team.post(ana, new Body.RoleChange(admin.id(), TeamRole.MEMBER));
    team.post(admin, cancel(invited));
    assertEquals(new State.Cancelled(), state(invited));
  }

  @Test
  void whatIsUsedClosedOrUnknownIsNotClosedAgain() throws Exception {
    Invited used = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
    Actor who = actor();
    team.post(team.join(who, used));
    assertEquals(new State.Used(who.id()), state(used));
    refuses(team, Rule.INVITE, ana, cancel(used));
    Invited closed = invitedBy(ana, TeamRole.MEMBER);
    team.post(ana, cancel(closed));
    refuses(team, Rule.INVITE, ana, cancel(closed));
    InviteId unknown = new InviteId(TestTeam.random(16));
    refuses(team, Rule.INVITE, ana, new Body.InviteCancel(unknown));
    refuses(team, Rule.INVITE, team.join(actor(), new Invited(unknown, TestTeam.signer())));
  }

  @Test
  void anInvitationsIdServesOnce() throws Exception {
    Invited open = invitedBy(ana, TeamRole.MEMBER);
    refuses(team, Rule.TAKEN, ana, TestTeam.invitation(open, TeamRole.MEMBER, JoinMode.AT_ONCE));
  }

  @Test
  void whoeverIsDeclinedIsGoneWithTheirDevice() throws Exception {
    Invited invited = invitedBy(ana, TeamRole.MEMBER);
    Actor who = actor();
    Body.Confirm confirm = joined(who, invited);
    team.post(ana, cancel(invited));
    assertEquals(Standing.REMOVED, standing(who));
    assertFalse(team.state().devices().get(who.device().keys().id()).live());
    assertEquals(new State.Cancelled(), state(invited));
    refuses(team, Rule.JOIN, ana, confirm);
  }

  @Test
  void aPlainMembersJoinIsAcceptedByTheInviterByAdminsAndByOwners() throws Exception {
    for (Actor accepting : List.of(admin, peer, ana)) {
      Invited invited = invitedBy(admin, TeamRole.MEMBER);
      Actor who = actor();
      Body.Confirm confirm = joined(who, invited);
      refuses(team, Rule.ROLE_TOO_LOW, plain, confirm);
      refuses(team, Rule.JOIN, accepting, new Body.Confirm(who.id(), Hash.ZERO));
      refuses(team, Rule.JOIN, accepting, new Body.Confirm(actor().id(), confirm.join()));
      team.post(accepting, confirm);
      assertEquals(Standing.CONFIRMED, standing(who));
      assertEquals(new State.Used(who.id()), state(invited));
      refuses(team, Rule.JOIN, accepting, confirm);
    }
  }

  @Test
  void anAdminsJoinIsAcceptedByOwnersOnly() throws Exception {
    Invited invited = invitedBy(ana, TeamRole.ADMIN);
    Body.Confirm confirm = joined(actor(), invited);
    refuses(team, Rule.ROLE_TOO_LOW, admin, confirm);
    Actor second = team.member(ana, TeamRole.OWNER);
    team.post(second, confirm);
    assertEquals(TeamRole.ADMIN, team.state().members().get(confirm.member()).role());
  }

  @Test
  void noJoinIsAcceptedOnceItsInviterLostTheRight() throws Exception {
    VaultId vault = team.vault(admin);
    team.post(admin, new Body.Grant(ana.id(), empty(vault), VaultRole.MANAGER, Optional.empty()));
    Invited ranked = invitedBy(admin, TeamRole.MEMBER);
    Invited promised =
        team.invite(
            admin, TeamRole.MEMBER, JoinMode.AFTER_CONFIRMATION, promise(vault, VaultRole.VIEWER));
    Body.Confirm withVault = joined(actor(), promised);
    team.post(ana, new Body.Grant(admin.id(), empty(vault), VaultRole.EDITOR, Optional.empty()));
    refuses(team, Rule.INVITER, ana, withVault);
    Body.Confirm withRank = joined(actor(), ranked);
    team.post(ana, new Body.RoleChange(admin.id(), TeamRole.MEMBER));
    refuses(team, Rule.INVITER, ana, withRank);
  }

  @Test
  void aJoinThatWasToBeAtOnceWaitsIfThePolicySaysSoMeanwhile() throws Exception {
    Invited invited = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
    team.post(ana, new Body.Policy(1, JoinMode.AFTER_CONFIRMATION));
    Actor who = actor();
    team.post(ana, joined(who, invited));
    assertEquals(Standing.CONFIRMED, standing(who));
  }

  @Test
  void anInvitationPromisesVaultsOfThisTeamOnly() throws Exception {
    VaultId unknown = new VaultId(Hash.ZERO.value());
    Invited place = new Invited(new InviteId(TestTeam.random(16)), TestTeam.signer());
    refuses(
        team,
        Rule.VAULT,
        ana,
        TestTeam.invitation(
            place, TeamRole.MEMBER, JoinMode.AT_ONCE, promise(unknown, VaultRole.VIEWER)));
  }
}
