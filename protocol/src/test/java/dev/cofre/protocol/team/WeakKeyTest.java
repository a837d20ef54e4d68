package dev.cofre.protocol.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Computer;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that no honest client makes, at every place of the log that takes a key.
@Tag("B19")
class WeakKeyTest {
  private static final String ZEROS =
      "0000000000000000000000000000000000000000000000000000000000000000";

  private Actor ana = TestTeam.actor();
  private TestTeam team;

  @BeforeEach
  void start() throws Exception {
    team = TestTeam.startedBy(ana);
  }

  private static Bytes encryptionKey(String x25519) {
    byte[] key = TestTeam.encryptionKey().toArray();
    if (x25519.equals("unreduced")) {
      key[0] = (byte) 0xff;
      key[1] = (byte) 0xff;
    } else {
      Bytes.fromHex(x25519).copyTo(key, 1184);
    }
    return Bytes.of(key);
  }

  private void refuses(Body body) throws Exception {
    RuleException broken =
        assertThrows(RuleException.class, () -> team.state().apply(team.entry(ana, body)));
    assertEquals(Rule.KEY, broken.rule());
  }

  private Body.DeviceAdd added(Computer device) {
    DeviceStatement statement = new DeviceStatement(team.state().id(), ana.id(), device.keys());
    SignedBytes signed =
        TestTeam.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement), device.signer());
    return new Body.DeviceAdd(signed, new WrappedSeed(device.keys().id(), Bytes.zeros(1168)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ZEROS,
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "unreduced"
      })
  void noEncryptionKeyThatIsNone(String which) throws Exception {
    Bytes weak = encryptionKey(which);
    refuses(
        new Body.MemberRekey(
            weak,
            List.of(new WrappedSeed(ana.device().keys().id(), Bytes.zeros(1168))),
            Bytes.zeros(1),
            List.of()));
    Computer phone = TestTeam.computer(DeviceKind.COMPUTER);
    DeviceKeys keys =
        new DeviceKeys(phone.keys().id(), DeviceKind.COMPUTER, phone.keys().signingKey(), weak);
    Computer weakPhone = new Computer(keys, phone.signer());
    refuses(added(weakPhone));
    Actor eva = TestTeam.actor();
    refusesToLetIn(new Actor(eva.id(), eva.device(), weak));
    refusesToLetIn(new Actor(eva.id(), weakPhone, eva.memberKey()));
  }

  /// As the founder of a team, and by an invitation.
  private void refusesToLetIn(Actor who) throws Exception {
    RuleException founding = assertThrows(RuleException.class, () -> TestTeam.startedBy(who));
    assertEquals(Rule.KEY, founding.rule());
    Invited place = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
    RuleException joining =
        assertThrows(RuleException.class, () -> team.state().apply(team.join(who, place)));
    assertEquals(Rule.KEY, joining.rule());
  }

  /// Of small order, not canonical, the neutral one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        ZEROS,
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void noSigningKeyThatIsNone(String which) throws Exception {
    Bytes weak = Bytes.fromHex(which);
    refuses(
        new Body.Invite(
            new InviteId(TestTeam.random(16)),
            weak,
            TeamRole.MEMBER,
            List.of(),
            10,
            JoinMode.AT_ONCE));
    Actor actor = TestTeam.actor();
    Computer phone = actor.device();
    DeviceKeys keys =
        new DeviceKeys(phone.keys().id(), DeviceKind.COMPUTER, weak, phone.keys().encryptionKey());
    refuses(added(new Computer(keys, phone.signer())));
    refusesToLetIn(new Actor(actor.id(), new Computer(keys, phone.signer()), actor.memberKey()));
    assertEquals(Hash.LENGTH, team.state().head().hash().value().length());
  }
}
