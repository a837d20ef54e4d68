package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run that was killed left behind.
@Hostile
class LeftoverTest {
  @Test
  void contentsThatWereBeingSealedAgainAreGoneWithTheNextRun(@TempDir Path directory)
      throws Exception {
    Actor ana = Company.of(directory, "Ana").founder();
    ana.put("/a.txt", "first");
    Path work = Files.createDirectory(ana.home().resolve("work"));
    Files.writeString(work.resolve("0123456789abcdef"), "a content");
    Files.writeString(work.resolve(".cofre-1.part"), "half of one");
    ana.inVault(vault -> vault.reencrypt(Renewal.NOTHING_YET, 1, Progress.NONE));
    try (var left = Files.list(work)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
