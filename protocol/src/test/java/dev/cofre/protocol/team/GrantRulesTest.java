package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.empty;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.TestTeam.Actor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Roles in a vault: who gives and ends them, and what they allow at which place of the log.
class GrantRulesTest {
  private final Actor ana = actor();
  private TestTeam team;
  private VaultId vault;
  private Actor rui;

  @BeforeEach
  void start() throws Exception {
    team = TestTeam.startedBy(ana);
    vault = team.vault(ana);
    rui = team.member(ana, TeamRole.MEMBER);
  }

  private VaultHead at(long seq) {
    return new VaultHead(vault, new Head(seq, Hash.sha256(new byte[] {(byte) seq})));
  }

  private Body.Grant grant(Actor who, VaultHead head, VaultRole role) {
    return new Body.Grant(who.id(), head, role, Optional.empty());
  }

  private Body.Grant until(Actor who, VaultRole role, long end) {
    return new Body.Grant(who.id(), empty(vault), role, Optional.of(end));
  }

  private Body.Revoke revoke(Actor who, VaultHead head) {
    return new Body.Revoke(who.id(), head, Body.Abandon.KEPT);
  }

  private long seq() {
    return team.state().head().seq();
  }

  private Optional<WriteRight> right(Actor who, long seq) {
    return team.state().writeRight(vault, who.id(), who.device().keys().id(), seq);
  }

  @Test
  void aGrantChangesTheRoleOrTheDate() throws Exception {
    team.post(ana, grant(rui, empty(vault), VaultRole.VIEWER));
    assertEquals(Optional.empty(), team.state().until(vault, rui.id()));
    refuses(team, Rule.NO_CHANGE, ana, grant(rui, empty(vault), VaultRole.VIEWER));
    team.post(ana, until(rui, VaultRole.VIEWER, 7));
    assertEquals(Optional.of(7L), team.state().until(vault, rui.id()));
    refuses(team, Rule.NO_CHANGE, ana, until(rui, VaultRole.VIEWER, 7));
    team.post(ana, until(rui, VaultRole.EDITOR, 7));
    assertEquals(Optional.of(VaultRole.EDITOR), team.role(vault, rui));
    assertEquals(seq(), team.state().lastChange(vault));
  }

  @Test
  void aGrantIsForAConfirmedMemberInAVaultOfThisTeam() throws Exception {
    refuses(team, Rule.SUBJECT, ana, grant(actor(), empty(vault), VaultRole.VIEWER));
    VaultId unknown = new VaultId(Hash.ZERO.value());
    refuses(team, Rule.VAULT, ana, grant(rui, empty(unknown), VaultRole.VIEWER));
    refuses(team, Rule.VAULT, ana, revoke(rui, empty(unknown)));
    assertEquals(-1, team.state().lastChange(unknown));
    assertEquals(List.of(), team.state().namedHeads(unknown));
    assertEquals(Optional.empty(), team.state().namedHash(unknown, 0));
  }

  @Test
  void aManagerStepsDownOnlyBesideAnother() throws Exception {
    Body down = grant(ana, empty(vault), VaultRole.VIEWER);
    refuses(team, Rule.LAST_MANAGER, ana, down);
    team.post(ana, until(ana, VaultRole.MANAGER, 9));
    team.post(ana, grant(rui, empty(vault), VaultRole.EDITOR));
    refuses(team, Rule.LAST_MANAGER, ana, down);
    team.post(ana, grant(rui, empty(vault), VaultRole.MANAGER));
    team.post(ana, down);
    assertEquals(Optional.of(VaultRole.VIEWER), team.role(vault, ana));
  }

  @Test
  void aRoleIsEndedByManagersAndByWhoeverHasIt() throws Exception {
    Actor eva = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.EDITOR));
    refuses(team, Rule.SUBJECT, ana, revoke(rui, empty(vault)));
    for (Actor ending : List.of(ana, rui)) {
      team.post(ana, grant(rui, empty(vault), VaultRole.VIEWER));
      refuses(team, Rule.VAULT_ROLE_TOO_LOW, eva, revoke(rui, empty(vault)));
      refuses(
          team,
          Rule.ABANDONS_VAULT,
          ending,
          new Body.Revoke(rui.id(), empty(vault), Body.Abandon.ABANDONED));
      team.post(ending, revoke(rui, empty(vault)));
      assertEquals(Optional.empty(), team.role(vault, rui));
      assertEquals(seq(), team.state().lastChange(vault));
      refuses(team, Rule.SUBJECT, ana, revoke(rui, empty(vault)));
    }
  }

  @Test
  void aRightIsThatOfItsPlaceAndEndsAtTheFirstHeadNamedSince() throws Exception {
    long before = seq();
    team.post(ana, grant(rui, at(1), VaultRole.MANAGER));
    long manager = seq();
    team.post(ana, grant(rui, at(4), VaultRole.EDITOR));
    long editor = seq();
    team.post(ana, revoke(rui, at(7)));
    long none = seq();
    team.post(ana, grant(rui, at(8), VaultRole.EDITOR));
    long again = seq();
    team.post(ana, grant(rui, at(9), VaultRole.VIEWER));
    Head four = at(4).head();
    Head seven = at(7).head();
    Head nine = at(9).head();
    assertEquals(Optional.empty(), right(rui, before));
    assertEquals(Optional.of(right(VaultRole.MANAGER, seven, four)), right(rui, manager));
    assertEquals(Optional.of(right(VaultRole.EDITOR, seven, seven)), right(rui, editor));
    assertEquals(Optional.empty(), right(rui, none));
    assertEquals(Optional.of(right(VaultRole.EDITOR, nine, nine)), right(rui, again));
    assertEquals(
        Optional.of(new WriteRight(VaultRole.VIEWER, Optional.empty(), Optional.empty())),
        right(rui, seq()));
  }

  private static WriteRight right(VaultRole role, Head last, Head lastAsManager) {
    return new WriteRight(role, Optional.of(last), Optional.of(lastAsManager));
  }

  @Test
  void aRightReachesAsFarAsTheHeadForWhatItDoes() {
    WriteRight right = right(VaultRole.MANAGER, at(7).head(), at(4).head());
    assertTrue(right.reaches(7, VaultRole.EDITOR));
    assertFalse(right.reaches(8, VaultRole.EDITOR));
    assertTrue(right.reaches(4, VaultRole.MANAGER));
    assertFalse(right.reaches(5, VaultRole.MANAGER));
    WriteRight tighter = right.within(Optional.of(at(5).head()));
    assertEquals(right(VaultRole.MANAGER, at(5).head(), at(4).head()), tighter);
    WriteRight endless = new WriteRight(VaultRole.EDITOR, Optional.empty(), Optional.empty());
    assertTrue(endless.reaches(Long.MAX_VALUE, VaultRole.MANAGER));
    assertEquals(Optional.of(at(5).head()), endless.within(Optional.of(at(5).head())).last());
  }

  @Test
  void onePlaceOfAVaultHasOneHeadAndTheSameOneMayBeNamedAgain() throws Exception {
    team.post(ana, grant(rui, at(3), VaultRole.VIEWER));
    VaultHead other = new VaultHead(vault, new Head(3, Hash.ZERO));
    refuses(team, Rule.HEADS, ana, grant(rui, other, VaultRole.EDITOR));
    team.post(ana, grant(rui, at(3), VaultRole.EDITOR));
    team.post(ana, revoke(rui, at(6)));
    assertEquals(Optional.of(at(6).head().hash()), team.state().namedHash(vault, 6));
    assertEquals(List.of(empty(vault), at(3), at(6)), team.state().namedHeads(vault));
    refuses(
        team,
        Rule.HEADS,
        ana,
        grant(rui, new VaultHead(vault, new Head(0, Hash.ZERO)), VaultRole.EDITOR));
  }
}
