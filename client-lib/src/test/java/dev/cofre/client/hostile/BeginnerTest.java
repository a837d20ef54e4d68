package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.Cofre;
import dev.cofre.client.Pairing;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Person;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.JoinMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A device that begins, and is shown what once was true.
class BeginnerTest extends EvilTest {
  private static final int DEEP = 12;

  /// A kit knows where the log was when it was printed, and an invitation where it was when it was made.
  @Test
  @Tag("E03")
  @Tag("I06")
  void aNewDeviceTakesNoOlderLogThanItsKitOrInvitationKnows() throws Exception {
    String kit = play.company().kit(ana);
    String link = play.company().invite(TeamRole.MEMBER, Map.of(), JoinMode.AT_ONCE);
    for (int changes = 3; changes < DEEP; changes += 4) {
      World past = world.past(changes);
      Path home = directory.resolve("new" + changes);
      evil.honest();
      soFarSoGood();
      evil.on(
          Route.LOG,
          (request, honest) ->
              Answer.cbor(Teams.LogPage.CODEC.encode(past.page(OptionalLong.empty()))));
      assertThrows(RolledBack.class, () -> restore(home, kit));
      assertThrows(RolledBack.class, () -> join(home, link));
      assertNoHome(home);
      assertNothingSent();
    }
  }

  private void restore(Path home, String kit) throws CofreException {
    try (Passphrase passphrase = Passphrase.of("of a new device".toCharArray());
        Cofre cofre = Cofre.restore(ana.surroundings(), home, passphrase, Company.server(), kit)) {
      cofre.whoAmI();
    }
  }

  private void join(Path home, String link) throws CofreException {
    try (Passphrase passphrase = Passphrase.of("of a new device".toCharArray())) {
      Cofre.join(ana.surroundings(), home, passphrase, link, new Person("New", ""), _ -> {})
          .cofre()
          .close();
    }
  }

  /// An invitation names the heads of its vaults.
  @Test
  @Tag("E03")
  void aNewcomerTakesNoOlderVaultThanTheInvitationKnows() throws Exception {
    Actor zoe = play.zoe();
    ana.inVault(vault -> vault.head()); // who wraps for her
    assertNoOlderVaultIsTaken(zoe);
    assertWhole(zoe);
  }

  @Test
  @Tag("E03")
  @Tag("I06")
  void aRestoredDeviceTakesNoOlderVaultThanWhenItsKitWasPrinted() throws Exception {
    ana.put("/letters/new.txt", "written before the kit was printed");
    String kit = play.company().kit(ana);
    Actor restored = play.company().restored("Ana", kit);
    assertNoOlderVaultIsTaken(restored);
    assertEquals("written before the kit was printed", restored.read("/letters/new.txt"));
  }

  @Test
  @Tag("E03")
  void aPairedDeviceTakesNoOlderVaultThanWhenItsLinkWasMade() throws Exception {
    ana.put("/letters/new.txt", "written before the link was made");
    Beside beside = new Beside();
    ana.run(cofre -> cofre.team().pair(beside));
    Actor paired = beside.device.join();
    assertNoOlderVaultIsTaken(paired);
    assertEquals("written before the link was made", paired.read("/letters/new.txt"));
  }

  /// The other side of a pairing.
  private final class Beside implements Pairing {
    private CompletableFuture<Actor> device = new CompletableFuture<>();

    @Override
    public void show(String link) {
      device =
          CompletableFuture.supplyAsync(() -> {
            try {
              return play.company().join("Ana", link);
            } catch (CofreException e) {
              throw new AssertionError(e);
            }
          });
    }

    @Override
    public Answer compare(List<String> words) {
      return Answer.SAME;
    }
  }

  /// All the log there is, with the vault as it was at any commit.
  private void assertNoOlderVaultIsTaken(Actor beginner) throws Exception {
    VaultId vault = play.company().vault();
    for (long seq = world.shelf(vault).head().seq() - 1; seq >= 0; seq--) {
      beginner.line().show(world, world.with(vault, seq));
      beginner.fails(RolledBack.class, cofre -> cofre.vault(vault.hex()));
      assertEquals(List.of(), evidence(beginner));
    }
    beginner.line().show(world);
  }
}
