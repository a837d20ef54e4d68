package dev.cofre.protocol.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BodyTest {
  private static final MemberId ANA = new MemberId(TestTeam.random(16));
  private static final DeviceId DEVICE = new DeviceId(TestTeam.random(16));
  private static final InviteId INVITE = new InviteId(TestTeam.random(16));
  private static final VaultHead ONE = TestTeam.empty(new VaultId(TestTeam.random(32)));
  private static final VaultHead TWO = TestTeam.empty(new VaultId(TestTeam.random(32)));
  private static final List<VaultHead> BOTH = List.of(ONE, TWO);
  private static final Bytes KEY = TestTeam.encryptionKey();

  private static final Body REMOVAL = new Body.MemberRemove(ANA, BOTH, List.of());
  private static final Body REVOCATION = new Body.DeviceRevoke(DEVICE, BOTH);
  private static final Body END = new Body.Revoke(ANA, ONE, Body.Abandon.KEPT);
  private static final Body GRANT = new Body.Grant(ANA, TWO, VaultRole.VIEWER, Optional.empty());
  private static final Body REKEY = new Body.MemberRekey(KEY, List.of(), Bytes.EMPTY, BOTH);
  private static final Body INVITATION =
      new Body.Invite(
          INVITE,
          TestTeam.random(32),
          TeamRole.MEMBER,
          BOTH.stream().map(head -> new VaultGrant(head, VaultRole.EDITOR)).toList(),
          1,
          JoinMode.AT_ONCE);

  private static final SignedBytes STATEMENT =
      new SignedBytes(TestTeam.random(10), TestTeam.random(64));

  /// Those that are about no vault and take nothing away.
  private static final List<Body> OTHERS =
      List.of(
          new Body.Genesis(Hash.ZERO, ANA, Hash.ZERO, TestTeam.actor().device().keys(), KEY),
          new Body.InviteCancel(INVITE),
          new Body.Join(STATEMENT),
          new Body.Confirm(ANA, Hash.ZERO),
          new Body.RoleChange(ANA, TeamRole.ADMIN),
          new Body.DeviceAdd(STATEMENT, new WrappedSeed(DEVICE, TestTeam.random(1168))),
          new Body.VaultCreate(TestTeam.random(16)),
          new Body.Policy(1, JoinMode.AT_ONCE));

  @Test
  void namesTheHeadsInItAndNoOthers() {
    for (Body body : List.of(REMOVAL, REVOCATION, REKEY, INVITATION)) {
      assertEquals(BOTH, body.namedHeads(), body::toString);
    }
    assertEquals(List.of(ONE), END.namedHeads());
    assertEquals(List.of(TWO), GRANT.namedHeads());
    for (Body body : OTHERS) {
      assertEquals(List.of(), body.namedHeads(), body::toString);
    }
  }

  @Test
  void endsRightsOnlyWhereItTakesThemAway() {
    for (Body body : List.of(REMOVAL, REVOCATION, END)) {
      assertTrue(body.endsRights(), body::toString);
    }
    for (Body body : List.of(GRANT, REKEY, INVITATION)) {
      assertFalse(body.endsRights(), body::toString);
    }
    for (Body body : OTHERS) {
      assertFalse(body.endsRights(), body::toString);
    }
  }
}
