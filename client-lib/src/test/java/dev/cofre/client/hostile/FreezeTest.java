package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Vault;
import dev.cofre.client.Version;
import dev.cofre.protocol.VaultRole;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that shows somebody nothing new any more.
@Hostile
class FreezeTest {
  @Test
  @Tag("E06")
  void showsInHowOldTheNewestOfOthersIs(@TempDir Path directory) throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    Actor rui = company.member("Rui", VaultRole.EDITOR);
    ana.put("/a.txt", "first");
    Optional<Instant> first = Optional.of(written(ana, "/a.txt"));
    assertEquals(first, rui.inVault(Vault::newsOfOthers));

    World then = company.world().copy();
    ana.put("/b.txt", "second");
    rui.line().show(then);
    assertEquals(List.of("/a.txt"), rui.list());
    rui.inVault(vault -> vault.log(0));
    assertEquals(first, rui.inVault(Vault::newsOfOthers));

    rui.line().show(company.world());
    Optional<Instant> second = Optional.of(written(ana, "/b.txt"));
    assertEquals(second, rui.inVault(Vault::newsOfOthers));
    assertTrue(second.get().isAfter(first.get()));
  }

  private static Instant written(Actor who, String path) throws Exception {
    List<Version> versions = who.inVault(vault -> vault.history(path));
    return versions.getLast().time();
  }
}
