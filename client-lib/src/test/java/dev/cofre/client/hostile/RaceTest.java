package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.client.failure.Conflict;
import dev.cofre.protocol.VaultRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two members at the same time, before a server that does as it should.
@Hostile
class RaceTest {
  @Test
  void aMoveDoesNotTakeThePathOfWhoCameFirst(@TempDir Path directory) throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    Actor eva = company.member("Eva", VaultRole.EDITOR);
    ana.put("/old.txt", "old");
    eva.line().beforeNextCommit(() -> ana.put("/new.txt", "new"));
    eva.fails(Conflict.class, cofre -> cofre.vault(Actor.VAULT).move("/old.txt", "/new.txt"));
    assertEquals(List.of("/new.txt", "/old.txt"), eva.list());
    assertEquals("new", eva.read("/new.txt"));
  }
}
