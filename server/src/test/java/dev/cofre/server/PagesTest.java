package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Long lists come in pages, and no page is longer than it may be.
@Tag("N23")
final class PagesTest {
  private static final int COMMITS = 20;
  private static TeamOnServer team;
  private static VaultId vault;

  @BeforeAll
  static void aVaultWithAHistory() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    BlobId blob = team.upload(team.owner, vault, new byte[10]);
    for (int i = 1; i < COMMITS; i++) {
      team.append(
              team.owner,
              vault,
              TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
          .as(TeamOnServer.HEAD);
    }
  }

  private static Wire.Answer ask(Route route, String query) {
    return Wire.call(route, team.owner.token, query, new byte[0], team.id(), vault);
  }

  private static Commits.Page page(String query) {
    return ask(Route.COMMITS, query).as(Commits.Page.CODEC);
  }

  @Test
  void pagesFollowEachOtherWithoutAGap() {
    for (String only : List.of("", "&only=chain")) {
      List<Commits.Item> all = new ArrayList<>();
      while (all.size() < COMMITS) {
        List<Commits.Item> some = page("?after=" + all.size() + "&limit=7" + only).commits();
        assertTrue(!some.isEmpty() && some.size() <= 7);
        all.addAll(some);
      }
      assertEquals(
          page("?after=0" + only).commits().stream().map(Commits.Item::commit).toList(),
          all.stream().map(Commits.Item::commit).toList());
    }
  }

  @Test
  void noPageIsLongerThanItsShape() {
    Commits.Item item = page("?limit=1").commits().getFirst();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Commits.Page.CODEC.encode(
                new Commits.Page(
                    Collections.nCopies(501, item), List.of(), List.of(), team.head(vault))));
    assertEquals(COMMITS, page("?limit=999999999999").commits().size());
    assertEquals(1, page("?limit=0").commits().size());
  }

  @Test
  void beyondTheEndIsNothing() {
    for (String after : List.of("20", "21", "2147483648", "999999999999999999")) {
      assertEquals(List.of(), page("?after=" + after).commits(), after);
      assertEquals(
          List.of(),
          Wire.call(Route.LOG, team.owner.token, "?after=" + after, new byte[0], team.id())
              .as(Teams.LogPage.CODEC)
              .entries());
    }
  }

  @Test
  void aPlaceThatIsNoneIsRefused() {
    for (String number :
        List.of("-1", "+1", "01", "1.0", "1e3", "9223372036854775808", "0x1", "%20", "%D9%A1")) {
      ask(Route.COMMITS, "?after=" + number).is(Problem.MALFORMED);
      ask(Route.COMMITS, "?limit=" + number).is(Problem.MALFORMED);
      ask(Route.BUNDLES, "?from=" + number).is(Problem.MALFORMED);
    }
    ask(Route.BUNDLES, "?from=5&to=4").is(Problem.MALFORMED);
    ask(Route.BUNDLES, "?from=1&to=502").is(Problem.MALFORMED);
    ask(Route.BUNDLES, "?from=1&to=999999999999999999").is(Problem.MALFORMED);
    assertEquals(200, ask(Route.BUNDLES, "?from=1&to=501").status());
    assertEquals(200, ask(Route.BUNDLES, "?from=999999999999999000").status());
  }
}
