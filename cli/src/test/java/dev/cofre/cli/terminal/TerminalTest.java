package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {
  private record Item(String path) {}

  @TempDir private Path directory;

  @Test
  void keepsResultsAndMessagesApart() {
    Stage stage = new Stage(directory);
    Terminal terminal = stage.terminal();
    terminal.result(new Item("/a"), "/a\u001b[2J");
    terminal.say("join.waiting");
    assertEquals("/a\\e[2J\n", stage.out());
    assertTrue(stage.err().startsWith("You are not a member yet"));
  }

  @Test
  void whoReadsBothReadsThemInOrder() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Shell plain = new Stage(directory).shell();
    Shell shell =
        new Shell(
            plain.in(),
            new PrintStream(new BufferedOutputStream(screen), false, StandardCharsets.UTF_8),
            new PrintStream(screen, true, StandardCharsets.UTF_8),
            plain.keyboard(),
            plain.terminals(),
            plain.environment(),
            plain.directory(),
            plain.clock(),
            plain.zone(),
            plain.locale());
    Terminal terminal =
        new Terminal(
            shell,
            Texts.in(Language.ENGLISH),
            new Terminal.Manner(false, false, false, Optional.empty()));
    terminal.result(new Item("/a"), "the result");
    terminal.say("line", "the message");
    assertEquals("the result\nthe message\n", screen.toString(StandardCharsets.UTF_8));
  }

  @Test
  void quietSilencesMessagesButNotWarnings() {
    Stage stage = new Stage(directory);
    Terminal terminal = stage.terminal(new Terminal.Manner(false, true, false, Optional.empty()));
    terminal.say("join.waiting");
    assertEquals("", stage.err());
    terminal.warn("ls.unreadable", 3);
    assertTrue(stage.err().startsWith("Warning: Some files"));
  }

  @Test
  void listsAreOneObjectALine() {
    Stage stage = new Stage(directory);
    stage
        .terminal(new Terminal.Manner(true, false, false, Optional.empty()))
        .results(List.of(new Item("/a"), new Item("/b")), Table::left);
    assertEquals("{\"path\":\"/a\"}\n{\"path\":\"/b\"}\n", stage.out());
  }

  @Test
  void errorsAreJsonWhenResultsAre() {
    Stage stage = new Stage(directory);
    stage
        .terminal(new Terminal.Manner(true, false, false, Optional.empty()))
        .complain(new Complaint(Exit.NOT_FOUND, "not-found", "gone", Optional.of("look")));
    assertEquals(
        "{\"error\":{\"code\":\"not-found\",\"message\":\"gone\",\"hint\":\"look\"}}\n",
        stage.err());
    assertEquals("", stage.out());
  }

  @Test
  void coloursOnlyATerminalThatWantsThem() {
    assertEquals(
        "\u001b[31mx\u001b[0m",
        Paint.RED.on("x", new Stage(directory).person().shell(), Shell.Stream.ERR));
    assertEquals("x", Paint.RED.on("x", new Stage(directory).shell(), Shell.Stream.ERR));
    Stage plain = new Stage(directory).person().with("NO_COLOR", "1");
    assertEquals("x", Paint.RED.on("x", plain.shell(), Shell.Stream.ERR));
  }

  @Test
  void asksBeforeWhatCannotBeTakenBack() {
    new Stage(directory).person("y").terminal().confirm("rm.ask", 3);
    Stage no = new Stage(directory).person("");
    assertEquals(Exit.STOPPED, refused(no).exit());
    assertTrue(no.err().contains("Files to be deleted: 3;"));
    assertEquals(Exit.USAGE, refused(new Stage(directory)).exit());
    new Stage(directory)
        .terminal(new Terminal.Manner(false, false, true, Optional.empty()))
        .confirm("rm.ask", 3);
  }

  @Test
  void findsItsHomeOnEverySystem() {
    Path cwd = Path.of("/desk");
    assertEquals(
        Path.of("/desk/h"), Home.locate(Map.of("COFRE_HOME", "h", "HOME", "/u"), cwd, "Linux"));
    assertEquals(Path.of("/u/.local/share/cofre"), Home.locate(Map.of("HOME", "/u"), cwd, "Linux"));
    assertEquals(
        Path.of("/d/cofre"),
        Home.locate(Map.of("HOME", "/u", "XDG_DATA_HOME", "/d"), cwd, "Linux"));
    assertEquals(
        Path.of("/u/Library/Application Support/Cofre"),
        Home.locate(Map.of("HOME", "/u"), cwd, "Mac OS X"));
    assertEquals(Path.of("/a/Cofre"), Home.locate(Map.of("APPDATA", "/a"), cwd, "Windows 11"));
  }

  @Test
  void choosesALanguage() {
    assertEquals(
        Language.PORTUGUESE,
        Language.choose(Optional.of("pt-PT"), Map.of("COFRE_LANG", "en"), Locale.ENGLISH));
    assertEquals(
        Language.PORTUGUESE,
        Language.choose(
            Optional.empty(), Map.of("COFRE_LANG", "pt", "LANG", "en_GB"), Locale.ENGLISH));
    assertEquals(
        Language.PORTUGUESE,
        Language.choose(Optional.empty(), Map.of("LANG", "pt_PT.UTF-8"), Locale.ENGLISH));
    assertEquals(
        Language.PORTUGUESE, Language.choose(Optional.empty(), Map.of(), Locale.of("pt", "PT")));
    assertEquals(
        Language.ENGLISH, Language.choose(Optional.empty(), Map.of("LANG", "C"), Locale.of("pt")));
  }

  @Test
  void writesFiguresAsPeopleReadThem() {
    Figures english = new Figures(Language.ENGLISH, ZoneOffset.UTC);
    assertEquals("999 B", english.size(999));
    assertEquals("1.00 KiB", english.size(1024));
    assertEquals("1.46 MiB", english.size(1_530_000));
    assertEquals("100 GiB", english.size(100L << 30));
    assertEquals("1,46 MiB", new Figures(Language.PORTUGUESE, ZoneOffset.UTC).size(1_530_000));
    assertEquals("2026-11-24 10:00", english.moment(Instant.parse("2026-11-24T10:00:30Z")));
  }

  @Test
  @Tag("L06")
  void alignsTablesAndEscapesCells() {
    List<String> lines = Table.rightAligned(0).row("1", "a\nb", "x").row("10", "c", "").lines();
    assertEquals(List.of(" 1  a\\nb  x", "10  c"), lines);
  }

  @Test
  @Tag("G06")
  @Tag("M03")
  void aCrashLogHoldsNoMessage() throws Exception {
    Path log =
        CrashLog.write(directory.resolve("h"), Instant.EPOCH, new IllegalStateException("secret"))
            .orElseThrow();
    String text = Files.readString(log);
    assertTrue(text.contains("IllegalStateException") && !text.contains("secret"));
    assertEquals(
        "[OWNER_EXECUTE, OWNER_READ, OWNER_WRITE]",
        new java.util.TreeSet<>(
                Files.getPosixFilePermissions(directory.resolve("h")).stream()
                    .map(Enum::name)
                    .toList())
            .toString());
  }

  private static Complaint refused(Stage stage) {
    return assertThrows(Halt.class, () -> stage.terminal().confirm("rm.ask", 3)).complaint();
  }
}
