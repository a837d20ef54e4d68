package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may invite whom to what, and who can join by it.
class InvitationTest {
  private Actor ana;
  private TestTeam team;

  @BeforeEach
  void start() throws Exception {
    ana = actor();
    team = TestTeam.startedBy(ana);
  }

  @Test
  @Tag("B12")
  @Tag("B13")
  void admitsWhoeverHoldsTheInvitationsKeyOnce() throws Exception {
    VaultId vault = team.vault(ana);
    Invited invited =
        team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE, promise(vault, VaultRole.EDITOR));
    Actor rui = actor();
    refuses(team, Rule.SIGNATURE, team.join(rui, invited, TestTeam.signer(), Label.JOIN));
    refuses(team, Rule.SIGNATURE, team.join(rui, invited, invited.key(), Label.DEVICE));
    team.post(team.join(rui, invited));
    assertEquals(Optional.of(VaultRole.EDITOR), team.role(vault, rui));
    assertEquals(Set.of(ana.id(), rui.id()), team.state().recipients(vault).keySet());
    assertEquals(team.state().head().seq(), team.state().lastChange(vault));
    refuses(team, Rule.INVITE, team.join(actor(), invited));
  }

  @Test
  @Tag("B13")
  void refusesAJoinWhoseInviterLostTheRight() throws Exception {
    Actor admin = team.member(ana, TeamRole.ADMIN);
    Invited invited = team.invite(admin, TeamRole.MEMBER, JoinMode.AT_ONCE);
    team.post(ana, new Body.RoleChange(admin.id(), TeamRole.MEMBER));
    refuses(team, Rule.INVITER, team.join(actor(), invited));
  }

  @Test
  void cancelsTheOpenInvitationsOfWhoeverIsRemoved() throws Exception {
    Actor admin = team.member(ana, TeamRole.ADMIN);
    Invited invited = team.invite(admin, TeamRole.MEMBER, JoinMode.AT_ONCE);
    team.post(ana, team.removal(admin));
    refuses(team, Rule.INVITE, team.join(actor(), invited));
  }

  @Test
  void letsNobodyActWhoWaitsForConfirmation() throws Exception {
    VaultId vault = team.vault(ana);
    Invited invited =
        team.invite(
            ana, TeamRole.MEMBER, JoinMode.AFTER_CONFIRMATION, promise(vault, VaultRole.EDITOR));
    Actor rui = actor();
    team.post(team.join(rui, invited));
    Hash join = team.state().head().hash();
    assertEquals(Set.of(ana.id()), team.state().recipients(vault).keySet());
    refuses(team, Rule.AUTHOR, rui, new Body.VaultCreate(TestTeam.random(16)));
    refuses(team, Rule.JOIN, ana, new Body.Confirm(rui.id(), Hash.ZERO));
    team.post(ana, new Body.Confirm(rui.id(), join));
    assertEquals(Optional.of(VaultRole.EDITOR), team.role(vault, rui));
  }

  @Test
  @Tag("B05")
  void letsOnlyOwnersMakeAdminsAndOnlyAfterConfirmation() throws Exception {
    Actor admin = team.member(ana, TeamRole.ADMIN);
    Actor rui = team.member(admin, TeamRole.MEMBER);
    Invited place = new Invited(new InviteId(TestTeam.random(16)), TestTeam.signer());
    Body toAdmin = TestTeam.invitation(place, TeamRole.ADMIN, JoinMode.AFTER_CONFIRMATION);
    refuses(team, Rule.ROLE_TOO_LOW, admin, toAdmin);
    refuses(
        team,
        Rule.ROLE_TOO_LOW,
        rui,
        TestTeam.invitation(place, TeamRole.MEMBER, JoinMode.AT_ONCE));
    refuses(team, Rule.INVITE, ana, TestTeam.invitation(place, TeamRole.ADMIN, JoinMode.AT_ONCE));
    refuses(team, Rule.ROLE_TOO_LOW, admin, new Body.RoleChange(rui.id(), TeamRole.ADMIN));
    team.post(ana, toAdmin);
  }

  @Test
  void takesPromisedVaultsInTheirOrderOnly() throws Exception {
    VaultId one = team.vault(ana);
    VaultId other = team.vault(ana);
    Invited place = new Invited(new InviteId(TestTeam.random(16)), TestTeam.signer());
    Body.Invite right =
        TestTeam.invitation(
            place,
            TeamRole.MEMBER,
            JoinMode.AT_ONCE,
            promise(one, VaultRole.VIEWER),
            promise(other, VaultRole.VIEWER));
    refuses(team, Rule.HEADS, ana, promising(right, right.vaults().reversed()));
    VaultGrant first = right.vaults().getFirst();
    refuses(team, Rule.HEADS, ana, promising(right, List.of(first, first)));
    team.post(ana, right);
  }

  private static Body.Invite promising(Body.Invite invite, List<VaultGrant> vaults) {
    return new Body.Invite(
        invite.invite(), invite.key(), invite.role(), vaults, invite.expires(), invite.mode());
  }
}
