package dev.cofre.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How the program is started.
class LauncherTest {
  /// Memory holds keys: it is not written out when something goes wrong.
  @Test
  @Tag("M03")
  void writesNoMemoryOut() throws Exception {
    for (String launcher : List.of("cofre", "cofre.cmd")) {
      String text = Files.readString(Path.of("..", launcher));
      assertTrue(text.contains("-XX:-HeapDumpOnOutOfMemoryError"), launcher);
      String client =
          text.lines().filter(line -> line.contains("-Xmx512m")).findFirst().orElseThrow();
      assertTrue(client.contains("-XX:-CreateCoredumpOnCrash"), client);
    }
    String agent = Files.readString(Path.of("src/main/java/dev/cofre/cli/agent/UnlockedKey.java"));
    for (String option :
        List.of(
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-HeapDumpOnOutOfMemoryError")) {
      assertTrue(agent.contains('"' + option + '"'), option);
    }
  }
}
