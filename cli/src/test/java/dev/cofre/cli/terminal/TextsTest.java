package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Pattern BLANK = Pattern.compile("\\{\\d}");
  private final Texts english = Texts.in(Language.ENGLISH);
  private final Texts portuguese = Texts.in(Language.PORTUGUESE);

  @Test
  void bothLanguagesHaveTheSameKeys() throws IOException {
    assertEquals(keys("messages.properties"), keys("messages_pt.properties"));
  }

  @Test
  void bothLanguagesHaveTheSameBlanks() throws IOException {
    for (String key : keys("messages.properties")) {
      assertEquals(
          blanks(english.bundle().getString(key)), blanks(portuguese.bundle().getString(key)), key);
    }
  }

  @Test
  void portugueseIsNotLeftInEnglish() throws IOException {
    long same =
        keys("messages.properties").stream()
            .filter(key -> english.bundle().getString(key).contains(" "))
            .filter(key -> !key.endsWith(".usage") && !key.endsWith(".example"))
            .filter(
                key -> english.bundle().getString(key).equals(portuguese.bundle().getString(key)))
            .filter(key ->
                !Set.of(
                        "progress.line",
                        "error.usage-wrong",
                        "error.invite-vault.hint",
                        "demo.tell.hash")
                    .contains(key))
            .count();
    assertEquals(0, same);
  }

  @Test
  void everySentenceThatTheCodeSaysIsThere() throws IOException {
    Pattern said = Pattern.compile("(?:say|warn|confirm|line)\\(\\s*(?:run, )?\"([a-z][a-z.-]+)\"");
    Pattern halted = Pattern.compile("(?:halt|complaint)\\(\\s*Exit\\.\\w+,\\s*\"([a-z-]+)\"");
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file);
        said.matcher(code)
            .results()
            .map(r -> r.group(1))
            .filter(k -> !k.endsWith("."))
            .forEach(k -> require(k, missing));
        halted
            .matcher(code)
            .results()
            .map(r -> "error." + r.group(1))
            .forEach(k -> require(k, missing));
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void fillsBlanksAndLeavesOtherBracesAlone() {
    assertEquals(
        "3 of 4 failed; run the command again for those.", english.say("outcome.partly", 3, 4));
    assertTrue(english.say("help.find").contains("{…}"));
  }

  @Test
  void aFilledBlankIsNotFilledAgain() {
    assertTrue(english.say("error.path-no-slash", "{1}", "x").contains("\"{1}\""));
  }

  private void require(String key, Set<String> missing) {
    if (!english.bundle().containsKey(key)) {
      missing.add(key);
    }
  }

  private static Set<String> blanks(String sentence) {
    Set<String> blanks = new TreeSet<>();
    Matcher matcher = BLANK.matcher(sentence);
    while (matcher.find()) {
      blanks.add(matcher.group());
    }
    return blanks;
  }

  private static Set<String> keys(String name) throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String line :
        Files.readAllLines(Path.of("src/main/resources/dev/cofre/cli/terminal", name))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        assertTrue(keys.add(line.substring(0, line.indexOf('='))), "twice: " + line);
      }
    }
    return keys;
  }
}
