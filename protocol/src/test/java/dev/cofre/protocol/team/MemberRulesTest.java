package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.empty;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Invitation.State;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who ends a membership or changes a role, and who sets the team's rules.
class MemberRulesTest {
  private final Actor ana = actor();
  private TestTeam team;
  private Actor admin;

  @BeforeEach
  void start() throws Exception {
    team = TestTeam.startedBy(ana);
    admin = team.member(ana, TeamRole.ADMIN);
  }

  @Test
  void aPlainMemberIsRemovedByThemselvesByAdminsAndByOwners() throws Exception {
    Actor eva = team.member(ana, TeamRole.MEMBER);
    for (int remover = 0; remover < 3; remover++) {
      Actor rui = team.member(ana, TeamRole.MEMBER);
      refuses(team, Rule.ROLE_TOO_LOW, eva, team.removal(rui));
      team.post(List.of(rui, admin, ana).get(remover), team.removal(rui));
      assertEquals(Standing.REMOVED, team.state().members().get(rui.id()).standing());
      refuses(team, Rule.SUBJECT, ana, team.removal(rui));
    }
  }

  @Test
  void anAdminIsRemovedByThemselvesAndByOwners() throws Exception {
    Actor peer = team.member(ana, TeamRole.ADMIN);
    refuses(team, Rule.ROLE_TOO_LOW, peer, team.removal(admin));
    team.post(ana, team.removal(admin));
    team.post(peer, team.removal(peer));
    assertTrue(team.state().liveDevices(peer.id()).isEmpty());
  }

  @Test
  void aRemovalEndsEachDeviceAndRoleAtTheHeadsItNames() throws Exception {
    VaultId vault = team.vault(ana);
    VaultId read = team.vault(ana);
    Actor rui =
        team.member(
            ana,
            TeamRole.MEMBER,
            promise(vault, VaultRole.EDITOR),
            promise(read, VaultRole.VIEWER));
    long joined = team.state().head().seq();
    Head head = new Head(5, new Hash(TestTeam.random(32)));
    team.post(ana, team.removal(rui, new VaultHead(vault, head)));
    Device device = team.state().devices().get(rui.device().keys().id());
    assertEquals(java.util.Map.of(vault, head), device.last());
    WriteRight right =
        team.state().writeRight(vault, rui.id(), device.keys().id(), joined).orElseThrow();
    assertTrue(right.reaches(5, VaultRole.EDITOR));
    assertTrue(!right.reaches(6, VaultRole.EDITOR));
    assertTrue(team.role(read, rui).isEmpty());
    assertEquals(team.state().head().seq(), team.state().lastChange(read));
    assertEquals(List.of(Head.ofEmpty(vault), head), heads(vault));
  }

  private List<Head> heads(VaultId vault) {
    return team.state().namedHeads(vault).stream().map(VaultHead::head).toList();
  }

  @Test
  void aRemovalClosesTheirOpenInvitationsAndNoOthers() throws Exception {
    Invited open = team.invite(admin, TeamRole.MEMBER, JoinMode.AT_ONCE);
    Invited others = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
    Invited used = team.invite(admin, TeamRole.MEMBER, JoinMode.AT_ONCE);
    Actor rui = actor();
    team.post(team.join(rui, used));
    team.post(ana, team.removal(admin));
    assertEquals(new State.Cancelled(), state(open));
    assertEquals(new State.Open(), state(others));
    assertEquals(new State.Used(rui.id()), state(used));
  }

  private State state(Invited invited) {
    return team.state().invitations().get(invited.id()).state();
  }

  @Test
  void onlyOwnersChangeRolesAndOnlyToAnother() throws Exception {
    Actor rui = team.member(ana, TeamRole.MEMBER);
    refuses(team, Rule.ROLE_TOO_LOW, admin, new Body.RoleChange(rui.id(), TeamRole.MEMBER));
    refuses(team, Rule.ROLE_TOO_LOW, rui, new Body.RoleChange(rui.id(), TeamRole.OWNER));
    refuses(team, Rule.NO_CHANGE, ana, new Body.RoleChange(rui.id(), TeamRole.MEMBER));
    refuses(team, Rule.SUBJECT, ana, new Body.RoleChange(actor().id(), TeamRole.MEMBER));
    team.post(ana, new Body.RoleChange(rui.id(), TeamRole.OWNER));
    team.post(rui, new Body.RoleChange(ana.id(), TeamRole.MEMBER));
    assertEquals(TeamRole.MEMBER, team.state().members().get(ana.id()).role());
  }

  @Test
  void aRuleIsNamedInLowerCaseWithHyphens() {
    assertEquals("last-owner", Rule.LAST_OWNER.code());
  }

  @Test
  void onlyOwnersSetTheRulesAndTheSameOnesAgainAreNoWeakerOnes() throws Exception {
    Body.Policy policy = new Body.Policy(2, JoinMode.AFTER_CONFIRMATION);
    assertEquals(new Body.Policy(1, JoinMode.AT_ONCE), team.state().policy());
    refuses(team, Rule.ROLE_TOO_LOW, admin, policy);
    team.post(ana, policy);
    team.post(ana, policy);
    assertEquals(policy, team.state().policy());
    refuses(team, Rule.POLICY, ana, new Body.Policy(1, JoinMode.AFTER_CONFIRMATION));
  }

  @Test
  void aWaitingOwnerIsNoOwnerYet() throws Exception {
    Invited place = team.invite(ana, TeamRole.OWNER, JoinMode.AFTER_CONFIRMATION);
    team.post(team.join(actor(), place));
    refuses(team, Rule.LAST_OWNER, ana, team.removal(ana));
    refuses(team, Rule.LAST_OWNER, ana, new Body.RoleChange(ana.id(), TeamRole.ADMIN));
  }

  @Test
  void aVaultsMembersAreKnownByTheirRole() throws Exception {
    VaultId vault = team.vault(ana);
    assertEquals(empty(vault), team.state().namedHeads(vault).getFirst());
    Actor rui = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.VIEWER));
    assertEquals(java.util.Set.of(vault), team.state().vaultsOf(rui.id()));
    assertTrue(team.state().writableBy(rui.id()).isEmpty());
    assertEquals(java.util.Set.of(vault), team.state().writableBy(ana.id()));
    assertEquals(java.util.Set.of(vault), team.state().abandonedBy(ana.id()));
    assertEquals(java.util.Set.of(vault), team.state().vaults());
  }
}
