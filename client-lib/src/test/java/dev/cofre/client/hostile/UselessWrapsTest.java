package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wraps that open nothing, from a colleague or from the server.
@Hostile
class UselessWrapsTest {
  @TempDir private Path directory;

  @Test
  @Tag("B18")
  void areRefusedSaidAndReplacedByWhoeverCanRead() throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    Actor eva = company.member("Eva", VaultRole.VIEWER);
    eva.list();
    ana.put("/a.txt", "first");
    ana.put("/b.txt", "second");
    Shelf shelf = company.world().shelf(company.vault());
    shelf.spoilWraps(eva.member());

    assertEquals(List.of(), eva.list());
    assertTrue(
        shelf.missing(company.world().state()).recipients().stream()
            .map(Commits.Lack::from)
            .toList()
            .containsAll(List.of(2L, 3L)));

    ana.list();
    assertEquals(List.of("/a.txt", "/b.txt"), eva.list());
    assertEquals("second", eva.read("/b.txt"));
    assertEquals(
        List.of(), shelf.missing(company.world().state()).recipients(), "nothing is sent again");
  }

  @Test
  void areNotSentAgainByWhoCannotReadEither() throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    Actor rui = company.member("Rui", VaultRole.EDITOR);
    Actor eva = company.member("Eva", VaultRole.VIEWER);
    rui.list();
    eva.list();
    ana.put("/a.txt", "first");
    Shelf shelf = company.world().shelf(company.vault());
    shelf.spoilWraps(eva.member());
    shelf.spoilWraps(rui.member());
    eva.list();
    int before = shelf.bundleCount();
    rui.list();
    rui.list();
    assertEquals(before, shelf.bundleCount());
    ana.list();
    assertEquals(List.of("/a.txt"), rui.list());
    assertEquals(List.of("/a.txt"), eva.list());
  }
}
