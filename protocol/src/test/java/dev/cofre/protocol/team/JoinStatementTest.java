package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Computer;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an invitation's key signed says the same as the entry around it.
class JoinStatementTest {
  private final Actor ana = actor();
  private final Actor who = actor();
  private TestTeam team;
  private Invited invited;

  @BeforeEach
  void start() throws Exception {
    team = TestTeam.startedBy(ana);
    invited = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
  }

  private Signed<Entry> joining(Actor author, Computer device, TeamId in, Actor said)
      throws Exception {
    JoinStatement statement =
        new JoinStatement(
            in, invited.id(), said.id(), Hash.ZERO, said.device().keys(), said.memberKey());
    return team.entry(author, device, body(JoinStatement.CODEC.encode(statement)));
  }

  private Body.Join body(byte[] statement) {
    return new Body.Join(TestTeam.sign(Label.JOIN, statement, invited.key()));
  }

  @Test
  void itsTeamMemberAndDeviceAreThoseOfTheEntry() throws Exception {
    TeamId here = team.state().id();
    TeamId elsewhere = new TeamId(TestTeam.random(32));
    Actor another = new Actor(actor().id(), who.device(), who.memberKey());
    Computer otherDevice = TestTeam.computer(DeviceKind.COMPUTER);
    Actor kit = new Actor(who.id(), TestTeam.computer(DeviceKind.RECOVERY_KIT), who.memberKey());
    for (Signed<Entry> wrong :
        List.of(
            joining(who, who.device(), elsewhere, who),
            joining(who, who.device(), here, another),
            joining(who, otherDevice, here, who),
            joining(kit, kit.device(), here, kit))) {
      refuses(team, Rule.STATEMENT, wrong);
    }
    team.post(joining(who, who.device(), here, who));
    assertEquals(Standing.CONFIRMED, team.state().members().get(who.id()).standing());
  }

  @Test
  void neitherMemberNorDeviceIsKnown() throws Exception {
    Actor sameMember = new Actor(ana.id(), who.device(), who.memberKey());
    refuses(team, Rule.TAKEN, team.join(sameMember, invited));
    DeviceKeys keys = who.device().keys();
    Computer sameDevice =
        new Computer(
            new DeviceKeys(
                ana.device().keys().id(), keys.kind(), keys.signingKey(), keys.encryptionKey()),
            who.device().signer());
    refuses(team, Rule.TAKEN, team.join(new Actor(who.id(), sameDevice, who.memberKey()), invited));
  }

  @Test
  void theEntryIsSignedByTheNewDevice() throws Exception {
    Entry right = team.join(who, invited).value();
    refuses(team, Rule.SIGNATURE, TestTeam.sign(right, invited.key()));
  }

  @Test
  void whatCannotBeReadIsRefusedAndOfANewerVersionNeedsAnUpdate() throws Exception {
    refuses(team, Rule.STATEMENT, who, body(new byte[] {0}));
    Body.Join right = (Body.Join) team.join(who, invited).value().body();
    byte[] newer = right.statement().payload().toArray();
    newer[1] = 2;
    refuses(team, Rule.UPDATE_NEEDED, who, body(newer));
  }

  @Test
  void anEntryIsAsLongAsAMebibyteAndNoLonger() throws Exception {
    Signed<Entry> right = team.join(who, invited);
    refuses(team, Rule.SIGNATURE, ofLength(right, Entry.MAX_LENGTH));
    refuses(team, Rule.LIMIT, ofLength(right, Entry.MAX_LENGTH + 1));
  }

  @Test
  void anEntryOfMoreThanAMebibyteIsNotRead() throws Exception {
    int around =
        TestTeam.sign(ofStatement(1 << 17), who.device().signer()).bytes().payload().length()
            - (1 << 17);
    int longest = Entry.MAX_LENGTH - around;
    Signed<Entry> read = TestTeam.sign(ofStatement(longest), who.device().signer());
    assertEquals(Entry.MAX_LENGTH, read.bytes().payload().length());
    assertThrows(
        MalformedException.class,
        () -> TestTeam.sign(ofStatement(longest + 1), who.device().signer()));
  }

  private Entry ofStatement(int length) {
    return team.next(
        who, who.device(), new Body.Join(new SignedBytes(Bytes.zeros(length), Bytes.zeros(64))), 1);
  }

  /// The same entry as if it had been read from so many bytes.
  private static Signed<Entry> ofLength(Signed<Entry> entry, int length) {
    SignedBytes bytes = new SignedBytes(Bytes.zeros(length), entry.bytes().signature());
    return new Signed<>(entry.value(), bytes, entry.label(), entry.hash());
  }
}
