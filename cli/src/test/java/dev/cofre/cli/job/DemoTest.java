package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `cofre demo` says before it starts anything.
class DemoTest {
  @TempDir private Path directory;

  private Actor ana;

  @BeforeEach
  void open() throws IOException {
    ana =
        new Actor(
            (shell, words) -> Main.run(words, shell),
            InstantSource.system(),
            directory.resolve("ana"),
            "the passphrase of Ana",
            "en");
  }

  @Test
  void takesNoFolder() {
    Answer answer = ana.run("demo", directory.toString());
    assertEquals(2, answer.exit());
    assertTrue(answer.err().contains(directory + " is a folder"), answer.err());
  }

  @Test
  void saysWhichFileIsMissing() {
    Answer answer = ana.run("demo", "nothing.xlsx");
    assertEquals(4, answer.exit());
    assertTrue(answer.err().contains("There is no file or folder nothing.xlsx."), answer.err());
  }

  @Test
  void saysWhichNameThisMachineCannotWrite() {
    Answer answer = ana.run("demo", "a\0b");
    assertEquals(11, answer.exit());
    assertTrue(answer.err().contains("cannot write the name \"a\\x{0}b\""), answer.err());
  }
}
