package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.Cofre;
import dev.cofre.client.InviteRequest;
import dev.cofre.client.Person;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.JoinMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clocks that are years wrong decide nothing about what is true.
@Tag("L16")
class WrongClockTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path directory;
  private final World world = new World();

  private Desk ana(InstantSource clock) throws Exception {
    Desk ana =
        Desk.begin(
            directory.resolve("ana"),
            world,
            clock,
            (surroundings, home, passphrase) ->
                Cofre.createTeam(
                    surroundings,
                    home,
                    passphrase,
                    URI.create("https://cofre.example"),
                    "Company",
                    new Person("Ana", ""),
                    Optional.empty()));
    ana.run(cofre -> cofre.createVault(Actor.VAULT).id());
    return ana;
  }

  private Desk joined(Desk inviter, String name, InstantSource clock) throws Exception {
    VaultId vault = inviter.run(cofre -> cofre.vault(Actor.VAULT).id());
    String link =
        inviter.run(cofre ->
            cofre
                .team()
                .invite(
                    new InviteRequest(
                        "",
                        TeamRole.MEMBER,
                        Map.of(vault, VaultRole.EDITOR),
                        InviteRequest.USUAL_EXPIRY,
                        JoinMode.AT_ONCE))
                .link());
    Desk desk =
        Desk.begin(
            directory.resolve(name),
            world,
            clock,
            (surroundings, home, passphrase) ->
                Cofre.join(surroundings, home, passphrase, link, new Person(name, ""), _ -> {})
                    .cofre());
    inviter.list();
    return desk;
  }

  private static InstantSource years(int years) {
    return InstantSource.fixed(NOW.plus(Duration.ofDays(365L * years)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aMemberWhoseClockIsYearsWrongReadsAndWritesWithTheOthers(int years) throws Exception {
    Desk ana = ana(years(0));
    Desk rui = joined(ana, "rui", years(years));
    ana.put("/a.txt", "first");
    rui.put("/b.txt", "second");
    ana.put("/c.txt", "third");
    List<String> all = List.of("/a.txt", "/b.txt", "/c.txt");
    assertEquals(all, ana.list());
    assertEquals(all, rui.list());
    assertEquals(all, rui.at(years(-years)).list());
    Desk eva = joined(ana, "eva", years(0));
    assertEquals(all, eva.list());
  }

  /// A clock put back makes an older history no better.
  @Test
  void aRollbackIsOneWhateverTheClockSays() throws Exception {
    Desk ana = ana(years(0));
    ana.put("/a.txt", "first");
    World before = world.copy();
    ana.put("/b.txt", "second");
    for (int years : new int[] {-10, 0, 10}) {
      Desk again = ana.at(years(years));
      assertEquals(List.of("/a.txt", "/b.txt"), again.list());
      assertThrows(RolledBack.class, () -> again.in(before).list());
    }
  }
}
