package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Cofre;
import dev.cofre.client.Pairing;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.sharing.Devices;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.JoinMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that would like to be the recovery of somebody's access, or their new device.
class RecoveryTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();

  /// What an owner decides for all adds nobody who can read.
  @Test
  @Tag("I02")
  @Tag("B02")
  void noPolicyAddsARecipient() throws Exception {
    Set<?> before = Set.copyOf(world.state().recipients(play.company().vault()).values());
    var entry = Forgery.entry(world, ana.twin(), new Body.Policy(1, JoinMode.AFTER_CONFIRMATION));
    world.append(new Teams.Append(entry, Optional.empty()));
    Actor eva = play.eva();
    eva.put("/letters/new.txt", "a letter under the new policy");
    assertEquals(before, Set.copyOf(world.state().recipients(play.company().vault()).values()));
    assertEquals(
        List.of("formatFloor", "joins"),
        Arrays.stream(Body.Policy.class.getRecordComponents()).map(c -> c.getName()).toList());
  }

  /// The server has the keys of all other members, a removed one's too.
  @Test
  @Tag("I03")
  void aKitIsForItsMemberAlone() throws Exception {
    evil.ring().add(play.rui().twin());
    evil.ring().add(play.mia().twin());
    evil.ring().add(play.zoe().twin());
    Actor eva = play.eva();
    String kit = eva.run(cofre -> cofre.team().printKit().code());
    play.company().oracles().canaries().addKit(kit);
    var phone = play.phone().device();
    eva.run(cofre -> {
      cofre.team().revokeDevice(phone);
      return phone;
    });
  }

  @Test
  @Tag("I04")
  void aKitIs256BitsThatNobodyCanGuess() throws Exception {
    Set<String> seen = new HashSet<>();
    byte[] secret = new byte[32];
    for (int bit = -1; bit < 256; bit++) {
      byte[] drawn = secret.clone();
      if (bit >= 0) {
        drawn[bit / 8] ^= (byte) (1 << bit % 8);
      }
      try (RecoveryKit kit =
          RecoveryKit.make(
              world.state().id(),
              world.state().head(),
              bytes -> System.arraycopy(drawn, 0, bytes, 0, bytes.length))) {
        assertEquals(24, kit.words().size());
        assertTrue(seen.add(String.join(" ", kit.words())));
        try (RecoveryKit read = RecoveryKit.read(kit.code())) {
          assertEquals(kit.device(), read.device());
        }
      }
    }
    assertEquals(257, seen.size());
  }

  /// The server answers in the place of the new device: without the secret of the link, with it but for another member, and with a statement
  /// that was valid once.
  @Test
  @Tag("I05")
  @Tag("B11")
  void nobodyBecomesADeviceWithoutTheLink() throws Exception {
    for (Forged forged : Forged.values()) {
      Actor rui = play.rui();
      var devices = world.state().liveDevices(rui.member());
      Impostor impostor = new Impostor(forged, rui.twin());
      rui.fails(CofreException.class, cofre -> cofre.team().pair(impostor));
      assertEquals(0, impostor.compared);
      assertEquals(devices, world.state().liveDevices(rui.member()));
    }
  }

  /// What the server leaves in the slot.
  private enum Forged {
    RANDOM_BYTES,
    SEALED_UNDER_ANOTHER_LINK,
    ABOUT_ANOTHER_MEMBER,
    SIGNED_BY_ANOTHER_DEVICE
  }

  /// Leaves it.
  private final class Impostor implements Pairing {
    private final Forged forged;
    private final Identity member;
    private int compared;

    Impostor(Forged forged, Identity member) {
      this.forged = forged;
      this.member = member;
    }

    @Override
    public void show(String text) {
      try (PairLink link = PairLink.read(text);
          PairLink other =
              PairLink.make(
                  link.layout().origin(),
                  link.layout().team(),
                  link.layout().head(),
                  member,
                  RANDOM)) {
        Identity device = Identity.ofNewDevice(link.layout().member(), RANDOM);
        Identity stranger = evil.ring().nobody();
        var team = link.layout().team();
        Bytes message =
            switch (forged) {
              case RANDOM_BYTES -> RANDOM.bytes(400);
              case SEALED_UNDER_ANOTHER_LINK -> other.seal(Devices.statement(device, team), RANDOM);
              case ABOUT_ANOTHER_MEMBER -> link.seal(Devices.statement(stranger, team), RANDOM);
              case SIGNED_BY_ANOTHER_DEVICE ->
                  link.seal(
                      stranger.sign(
                          Label.DEVICE, Devices.statement(device, team).payload().toArray()),
                      RANDOM);
            };
        world.relays().put(link.relay(), Optional.of(message));
      } catch (CofreException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Answer compare(List<String> words) {
      compared++;
      return Answer.SAME;
    }
  }

  /// What two people compared is what is added, whatever lies in the slot by then.
  @Test
  @Tag("B10")
  void whatWasComparedIsWhatIsAdded() throws Exception {
    Actor rui = play.rui();
    DeviceId[] shown = new DeviceId[1];
    DeviceId added =
        rui.run(cofre ->
            cofre
                .team()
                .pair(
                    new Pairing() {
                      private PairLink link;

                      @Override
                      public void show(String text) {
                        shown[0] = leave(read(text));
                      }

                      private PairLink read(String text) {
                        try {
                          link = PairLink.read(text);
                          return link;
                        } catch (CofreException e) {
                          throw new AssertionError(e);
                        }
                      }

                      @Override
                      public Answer compare(List<String> words) {
                        leave(link); // another one, who knows the link as well
                        return Answer.SAME;
                      }
                    }));
    assertEquals(shown[0], added);
    assertTrue(world.state().devices().containsKey(added));
    assertEquals(1, evil.transcript(Route.READ_RELAY).size());
  }

  private DeviceId leave(PairLink link) {
    Identity device = Identity.ofNewDevice(link.layout().member(), RANDOM);
    var statement = Devices.statement(device, link.layout().team());
    world.relays().put(link.relay(), Optional.of(link.seal(statement, RANDOM)));
    return device.device();
  }

  /// Words that were shown for one join are not taken for another that the server shows later.
  @Test
  @Tag("B10")
  @Tag("B12")
  void aJoinCannotBeExchangedBetweenShowingAndConfirming() throws Exception {
    var zoe = play.zoe().member();
    List<String> words = ana.run(cofre -> cofre.team().joinWords(zoe));
    assertEquals(8, words.size());
    World other = world.past(1);
    Actor zoes = play.zoe();
    var join =
        world.log().stream()
            .filter(entry -> entry.value().author().equals(zoe))
            .findFirst()
            .orElseThrow();
    Identity nobody = evil.ring().nobody();
    var forged = Forgery.entry(other, zoe, zoes.device(), nobody, join.value().body());
    evil.on(
        Route.LOG,
        (_, _) ->
            Answer.cbor(
                Teams.LogPage.CODEC.encode(
                    new Teams.LogPage(
                        List.of(forged),
                        new Head(world.state().head().seq(), forged.hash(Label.ENTRY))))));
    soFarSoGood();
    assertThrows(
        CofreException.class,
        () ->
            ana.run(cofre -> {
              cofre.team().confirm(zoe);
              return zoe;
            }));
    assertNothingSent();
  }

  /// A kit that was revoked makes no device, and nothing that comes later opens with it.
  @Test
  @Tag("I07")
  void aRevokedKitIsPaper() throws Exception {
    Actor eva = play.eva();
    World before = world.copy();
    revokeKit(eva);
    ana.put("/letters/new.txt", "not for whoever finds the kit");
    assertEquals("not for whoever finds the kit", eva.read("/letters/new.txt"));
    assertThrows(Refused.class, () -> find(new Line(world)));
    Line helped = new Line(world);
    helped.show(before); // so that the kit logs in
    helped.on(Route.LOG, Script.log(world));
    assertThrows(Tampered.class, () -> find(helped));
    assertNoHome(directory.resolve("finder"));
  }

  private Actor find(Line line) throws CofreException {
    return Actor.begin(
        "Finder",
        directory.resolve("finder"),
        line,
        evil,
        play.company().oracles(),
        (surroundings, home, passphrase) ->
            Cofre.restore(surroundings, home, passphrase, Company.server(), play.kit()));
  }

  private DeviceId revokeKit(Actor from) throws CofreException {
    try (RecoveryKit kit = RecoveryKit.read(play.kit())) {
      evil.ring().add(kit.identity(from.member()));
      DeviceId ended = kit.device();
      return from.run(cofre -> {
        cofre.team().revokeDevice(ended);
        return ended;
      });
    }
  }

  /// The log before the revocation makes the kit a device again, on a history of its own: it reads what its member could read then, and
  /// nobody else believes in it.
  @Test
  @Tag("I07")
  @Tag("E04")
  void aKitOnAnOldHistoryIsAForkToEverybodyElse() throws Exception {
    Actor eva = play.eva();
    eva.list();
    World before = world.copy();
    revokeKit(eva);
    ana.put("/letters/new.txt", "not for whoever finds the kit");
    Line line = new Line(before);
    Actor finder = find(line);
    assertWhole(finder);
    for (Actor each : List.of(ana, eva)) {
      each.line().show(before);
      each.fails(Forked.class, cofre -> cofre.team().members());
      assertEquals(2, evidence(each).size());
    }
    play.rui().list(); // who was shown nothing of it
    line.show(world);
    finder.fails(Refused.class, cofre -> cofre.team().members());
    line.show(before); // so that the device logs in
    line.on(Route.LOG, Script.log(world));
    finder.fails(Forked.class, cofre -> cofre.team().members());
  }
}
