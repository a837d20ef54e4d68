package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Who may only read is told so before anything is sealed or sent.
@Hostile
class ViewerTest {
  @TempDir private Path directory;

  @Test
  void sendsNothingThatIsWritten() throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    ana.put("/a", "as it was");
    Actor eva = company.member("Eva", VaultRole.VIEWER);
    ana.list();
    List<Integer> before = writes(company);
    refused(() -> eva.put("/a", "changed"));
    refused(() -> eva.inVault(vault -> vault.move("/a", "/b")));
    refused(() -> eva.inVault(vault -> vault.remove(List.of("/a"))));
    refused(() -> eva.inVault(vault -> vault.restore("/a", Optional.empty())));
    refused(() -> eva.inVault(vault -> vault.reencrypt(Renewal.NOTHING_YET, 1, Progress.NONE)));
    assertEquals(before, writes(company));
    assertEquals("as it was", eva.read("/a"));
  }

  private static void refused(Executable writing) {
    Refused refused = assertThrows(Refused.class, writing);
    assertEquals(Problem.NOT_ALLOWED.code(), refused.code());
  }

  private static List<Integer> writes(Company company) throws CofreException {
    return List.of(
        company.evil().transcript(Route.BEGIN_UPLOAD).size(),
        company.evil().transcript(Route.APPEND_COMMIT).size());
  }
}
