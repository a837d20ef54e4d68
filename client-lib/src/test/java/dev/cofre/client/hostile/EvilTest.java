package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.api.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A test upon a copy of the [Stage].
@Hostile
abstract class EvilTest {
  /// What changes something on a server.
  private static final Set<Route> CHANGES =
      Set.of(
          Route.CREATE_TEAM,
          Route.APPEND_ENTRY,
          Route.APPEND_COMMIT,
          Route.ADD_BUNDLES,
          Route.BEGIN_UPLOAD,
          Route.PUT_PART,
          Route.COMPLETE_UPLOAD,
          Route.FILL_RELAY);

  @TempDir Path directory;
  Stage.Play play;
  EvilServer evil;
  World world;
  Actor ana;
  private int before;

  @BeforeEach
  final void begin() throws Exception {
    play = Stage.play(directory);
    evil = play.evil();
    world = evil.truth();
    ana = play.ana();
  }

  /// The founder's vault as its founder sees it.
  static void assertWhole(Actor actor) throws CofreException {
    assertEquals(Stage.FIRST, actor.read("/letters/first.txt"));
    assertEquals(Stage.THIRD, actor.read("/letters/third.txt"));
    assertEquals(5, actor.list().size());
  }

  /// What has been sent until now is as it should be.
  void soFarSoGood() {
    before = evil.transcript().size();
  }

  /// Nothing was changed on the server, and nothing asked to be.
  void assertNothingSent() {
    List<Route> sent =
        evil.transcript().stream()
            .skip(before)
            .flatMap(exchange -> exchange.route().stream())
            .toList();
    assertEquals(List.of(), sent.stream().filter(CHANGES::contains).toList());
  }

  /// Every way to look at or to change the team or its vault ends in a typed failure of the integrity kind, and changes nothing.
  void assertHardStop(Actor actor) {
    List<Executable> ways =
        List.of(
            actor::list,
            () -> actor.read("/letters/first.txt"),
            () -> actor.run(cofre -> cofre.vaults()),
            () -> actor.run(cofre -> cofre.team().members()),
            () -> actor.run(cofre -> cofre.team().devices()),
            () -> actor.run(cofre -> cofre.team().printKit()),
            () -> actor.put("/letters/new.txt", "a letter that is new"));
    for (Executable way : ways) {
      CofreException failure = assertThrows(CofreException.class, way);
      assertEquals(Verdict.INTEGRITY, Verdict.of(failure), failure::toString);
    }
    assertNothingSent();
  }

  /// What a device keeps for others to see.
  static List<Path> evidence(Actor actor) throws Exception {
    Path evidence = actor.home().resolve("evidence");
    if (!Files.exists(evidence)) {
      return List.of();
    }
    try (var files = Files.list(evidence)) {
      return files.sorted().toList();
    }
  }

  static void assertNoHome(Path home) {
    assertFalse(Files.exists(home.resolve("keystore")));
    assertFalse(Files.exists(home.resolve("state")));
  }
}
