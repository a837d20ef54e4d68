package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.VaultRole;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a day's work no plaintext lies anywhere but where it was asked for.
@Hostile
class NothingLeftBehindTest {
  private static final String CANARY = "canary-7f3a";

  @Test
  @Tag("K10")
  void noPlaintextLiesWhereNobodyAskedForIt(@TempDir Path directory) throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor ana = company.founder();
    Actor rui = company.member("Rui", VaultRole.EDITOR);
    Actor eva = company.member("Eva", VaultRole.EDITOR);
    ana.put("/" + CANARY + "-name.txt", CANARY + "-content");
    ana.put("/" + CANARY + "-name.txt", CANARY + "-content, corrected");
    Path target = Files.createDirectory(directory.resolve("asked for"));
    eva.inVault(vault -> vault.get(List.of("/"), target, Progress.NONE));
    eva.inVault(vault -> {
      vault.read("/" + CANARY + "-name.txt", Optional.of(1), OutputStream.nullOutputStream());
      return vault.find("*");
    });
    var gone = rui.member();
    ana.run(cofre -> cofre.team().remove(gone, Set.of()));
    ana.inVault(vault -> vault.reencrypt(Renewal.NOTHING_YET, 10, Progress.NONE));
    Path source = ana.home().resolveSibling(ana.home().getFileName() + ".txt");
    assertTrue(holdsCanary(source));
    Files.delete(source);
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holdsCanary(file)) {
          found.add(file);
        }
      }
    }
    assertEquals(List.of(target.resolve(CANARY + "-name.txt")), found);
  }

  private static boolean holdsCanary(Path file) throws Exception {
    return file.getFileName().toString().contains(CANARY)
        || new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
  }
}
