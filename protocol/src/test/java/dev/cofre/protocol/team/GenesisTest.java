package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.TestTeam.actor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Computer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How a team begins: with an entry that is in all its parts a first one.
class GenesisTest {
  private static final Hash PROFILE = Hash.sha256(new byte[] {1});
  private static final Hash OWNERS = Hash.sha256(new byte[] {2});

  private final Actor ana = actor();

  private Body.Genesis body(Computer device) {
    return new Body.Genesis(PROFILE, ana.id(), OWNERS, device.keys(), ana.memberKey());
  }

  private Entry entry(TeamId team, long seq, Hash prev, MemberId author, Computer device) {
    return new Entry(team, seq, prev, author, device.keys().id(), 1, body(device));
  }

  private static void refuses(Rule rule, Signed<Entry> genesis) {
    RuleException refused = assertThrows(RuleException.class, () -> TeamState.start(genesis));
    assertEquals(rule, refused.rule(), refused.getMessage());
  }

  private Signed<Entry> signed(Entry entry) throws Exception {
    return TestTeam.sign(entry, ana.device().signer());
  }

  @Test
  void aTeamIsWhatItsGenesisSays() throws Exception {
    Signed<Entry> genesis = signed(entry(Entry.NO_TEAM, 0, Hash.ZERO, ana.id(), ana.device()));
    TeamState team = TeamState.start(genesis);
    assertEquals(genesis.hash().value(), team.id().value());
    assertEquals(Optional.of(genesis.hash()), team.hashAt(0));
    assertEquals(Optional.empty(), team.hashAt(1));
    assertEquals(PROFILE, team.teamProfile());
    assertEquals(
        Map.of(
            ana.id(),
            new Member(
                ana.id(),
                TeamRole.OWNER,
                Standing.CONFIRMED,
                OWNERS,
                Optional.of(ana.memberKey()),
                List.of(Hash.sha256(ana.memberKey().toArray())),
                Optional.empty(),
                genesis.hash(),
                0)),
        team.members());
    assertEquals(
        Map.of(ana.device().keys().id(), Device.added(ana.device().keys(), ana.id(), 0)),
        team.devices());
  }

  @Test
  void nothingStandsBeforeIt() throws Exception {
    TeamId team = new TeamId(TestTeam.random(32));
    Hash prev = new Hash(TestTeam.random(32));
    refuses(Rule.PLACE, signed(entry(team, 0, Hash.ZERO, ana.id(), ana.device())));
    refuses(Rule.PLACE, signed(entry(Entry.NO_TEAM, 1, Hash.ZERO, ana.id(), ana.device())));
    refuses(Rule.PLACE, signed(entry(Entry.NO_TEAM, 0, prev, ana.id(), ana.device())));
    Entry other =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            ana.id(),
            ana.device().keys().id(),
            1,
            new Body.VaultCreate(TestTeam.random(16)));
    refuses(Rule.PLACE, signed(other));
  }

  @Test
  void itsAuthorIsItsFirstOwnerAtTheirFirstComputer() throws Exception {
    refuses(Rule.AUTHOR, signed(entry(Entry.NO_TEAM, 0, Hash.ZERO, actor().id(), ana.device())));
    Entry ofOtherDevice =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            ana.id(),
            new DeviceId(TestTeam.random(16)),
            1,
            body(ana.device()));
    refuses(Rule.DEVICE, signed(ofOtherDevice));
    Computer kit = TestTeam.computer(DeviceKind.RECOVERY_KIT);
    Entry ofKit = entry(Entry.NO_TEAM, 0, Hash.ZERO, ana.id(), kit);
    refuses(Rule.DEVICE, TestTeam.sign(ofKit, kit.signer()));
  }

  @Test
  void itIsSignedByThatComputerAndNoLongerThanAnEntry() throws Exception {
    Entry right = entry(Entry.NO_TEAM, 0, Hash.ZERO, ana.id(), ana.device());
    refuses(Rule.SIGNATURE, TestTeam.sign(right, TestTeam.signer()));
    SignedBytes tooLong = new SignedBytes(Bytes.zeros(Entry.MAX_LENGTH + 1), Bytes.zeros(64));
    refuses(Rule.LIMIT, new Signed<>(right, tooLong, dev.cofre.protocol.Label.ENTRY, Hash.ZERO));
  }
}
