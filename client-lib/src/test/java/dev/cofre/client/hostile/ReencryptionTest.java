package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.RemovalReport;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultRole;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contents sealed again after somebody's access ended, in several runs.
@Hostile
class ReencryptionTest {
  @TempDir private Path directory;

  private static Renewal step(Vault vault, int most) throws CofreException {
    return vault.reencrypt(Renewal.NOTHING_YET, most, Progress.NONE);
  }

  @Test
  @Tag("H08")
  void goesOnWhereItWasInterrupted() throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    Actor gone = company.member("Rui", VaultRole.EDITOR);
    MemberId rui = gone.member();
    for (String name : List.of("/a", "/b", "/c")) {
      ana.put(name, name);
    }
    RemovalReport report = ana.inVault(vault -> vault.revoke(rui, Vault.Abandon.NEVER));
    assertEquals(3, report.versionsTotal());
    assertEquals(List.of(company.vault()), report.vaults());
    Set<BlobId> had = new HashSet<>(company.world().blobs().keySet());
    company.evil().ring().add(gone.twin());
    company.oracles().concede(); // nothing that comes from here on is Rui's

    Renewal first = ana.inVault(vault -> step(vault, 2));
    assertEquals(3, first.current());
    assertEquals(2, first.fresh());
    assertFalse(first.done());
    ana.put("/d", "written since");
    Renewal second = ana.inVault(vault -> step(vault, 2));
    assertEquals(4, second.current());
    assertEquals(4, second.fresh());
    assertTrue(second.done());

    int blobs = company.world().blobs().size();
    assertEquals(4, blobs - had.size(), "three sealed again and one written since");
    assertTrue(ana.inVault(vault -> step(vault, 2)).done());
    assertEquals(blobs, company.world().blobs().size());
    assertEquals("/b", ana.read("/b"));
  }

  @Test
  void passesOverWhatCannotBeSealedAgainAndSaysSo() throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    MemberId rui = company.member("Rui", VaultRole.EDITOR).member();
    ana.put("/a", "damaged at the server");
    BlobId damaged = company.world().blobs().keySet().iterator().next();
    ana.put("/b", "as it was");
    ana.inVault(vault -> vault.revoke(rui, Vault.Abandon.NEVER));
    company.world().blobs().get(damaged)[40] ^= 1;

    Renewal first = ana.inVault(vault -> step(vault, 1));
    assertEquals(1, first.failed().size());
    assertFalse(first.done());
    Renewal second = ana.inVault(vault -> vault.reencrypt(first, 1, Progress.NONE));
    assertEquals(1, second.fresh());
    assertEquals(1, second.failed().size());
    assertTrue(second.done());
  }
}
