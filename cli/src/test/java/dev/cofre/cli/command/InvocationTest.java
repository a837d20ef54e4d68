package dev.cofre.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.Main;
import dev.cofre.cli.terminal.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationTest {
  @TempDir private Path directory;
  private Stage stage = new Stage(Path.of("."));

  @BeforeEach
  void openTheStage() {
    stage = new Stage(directory);
  }

  private int run(String... words) {
    return Main.run(words, stage.shell());
  }

  @Test
  void saysItsVersion() {
    assertEquals(0, run("--version"));
    assertTrue(stage.out().startsWith("cofre "));
    assertFalse(stage.out().contains("unknown"));
  }

  @Test
  void helpGoesToStandardOutput() {
    assertEquals(0, run("put", "--help"));
    assertTrue(stage.out().startsWith("Usage: cofre put"));
    assertEquals(0, run("help", "team", "create"));
    assertTrue(stage.out().contains("Usage: cofre team create"));
    assertEquals("", stage.err());
  }

  @Test
  void nothingAndAGroupAloneShowTheirHelpAsWrongUsage() {
    assertEquals(2, run());
    assertEquals(2, run("team"));
    assertEquals("", stage.out());
    assertTrue(stage.err().contains("Usage: cofre team"));
  }

  @Test
  void saysWhatIsWrongWithACommandLine() {
    assertEquals(2, run("nosuch"));
    assertEquals(2, run("put", "x"));
    assertEquals(2, run("ls", "--nosuch"));
    assertEquals(2, run("ls", "--json", "--json"));
    assertEquals(2, run("ls", "Silva:x"));
    assertEquals(2, run("--lang", "fr", "ls"));
    assertTrue(stage.err().contains("See cofre put --help."));
  }

  @Test
  @Tag("L12")
  void takesNumbersInPlainDigitsOnly() {
    for (String number :
        List.of("+2", "-2", " 2", "2 ", "0x2", "\u0662", "\uff12", "1e1", "2.0", "")) {
      assertEquals(2, run("get", "Silva:/a", "b", "--version", number), number);
    }
    for (String span :
        List.of("+5d", "-5d", " 5d", "5 d", "\u0665d", "5D", "d", "", "99999999999d")) {
      assertEquals(2, run("unlock", "--for", span), span);
    }
    assertFalse(stage.err().contains("Exception"), stage.err());
  }

  @Test
  void anErrorIsJsonWhenAsked() {
    assertEquals(2, run("--json", "nosuch"));
    assertTrue(stage.err().startsWith("{\"error\":{\"code\":\"usage-unknown\",\"message\":\""));
    assertEquals("", stage.out());
  }

  @Test
  void speaksPortuguese() {
    stage.with("COFRE_LANG", "pt");
    assertEquals(2, run("nosuch"));
    assertTrue(stage.err().contains("não se entende"));
    assertEquals(0, run("put", "--help", "--lang", "en"));
    assertTrue(stage.out().contains("Usage: cofre put"));
  }

  @Test
  void writesCompletionsForThreeShells() {
    assertEquals(0, run("completion", "bash"));
    assertTrue(stage.out().contains("complete -F"));
    assertEquals(0, run("completion", "zsh"));
    assertEquals(0, run("completion", "fish"));
    assertTrue(stage.out().contains("complete -c cofre -n '__fish_use_subcommand' -a put"));
    assertEquals(2, run("completion", "tcsh"));
  }

  @Test
  void writesManualPages() {
    assertEquals(0, run("man", "man1"));
    assertTrue(Files.isRegularFile(directory.resolve("man1/cofre.1")));
    assertTrue(Files.isRegularFile(directory.resolve("man1/cofre-team-create.1")));
  }
}
