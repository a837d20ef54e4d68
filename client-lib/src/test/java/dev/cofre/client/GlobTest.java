package dev.cofre.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.Malformed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// A pattern means what it says about names that mean something elsewhere: to a regular expression, a shell, a terminal.
class GlobTest {
  private static final List<String> NAMES =
      List.of(
          "a.b",
          "a+b",
          "a|b",
          "(a)",
          "a$",
          "^a",
          "a^b",
          "$(a)",
          "\\Qa\\E",
          "\\E.*\\Q",
          "a\\Eb",
          "\\d",
          "\\",
          "a\\b",
          "(?i)a",
          "(?:a)",
          ".*",
          "a*b",
          "*",
          "**",
          "a?b",
          "[ab]",
          "[^a]",
          "[!a]",
          "[",
          "]",
          "{a,b}",
          "{",
          "}",
          "a,b",
          ",",
          "a&&b",
          "a-b",
          "#a",
          "a b",
          "a\nb",
          "a\tb",
          "\u0000",
          "ä",
          "a\u0308",
          "💾",
          "💾a",
          "\uD83D",
          "ﬀ",
          "A.b",
          "axb",
          "ab",
          "a",
          "b",
          "");

  private static String quoted(String name) {
    return name.replaceAll("[\\\\*?\\[\\]{},]", "\\\\$0");
  }

  @Test
  void matchesANameOfSignsWithItselfAlone() throws Exception {
    for (String name : NAMES) {
      Glob glob = Glob.of(quoted(name));
      for (String other : NAMES) {
        assertEquals(name.equals(other), glob.matches("/dir/" + other), name + " and " + other);
      }
    }
  }

  @Test
  void takesEveryOtherSignAsItself() throws Exception {
    for (String name : NAMES) {
      if (quoted(name).equals(name)) {
        assertTrue(Glob.of(name).matches("/" + name), name);
        assertTrue(Glob.of("/dir/" + name).matches("/dir/" + name), name);
        assertFalse(Glob.of("/dir/" + name).matches("/other/" + name), name);
      }
    }
  }

  @Test
  void oneSignStandsForOneCharacterAndNeverForASlash() throws Exception {
    for (String one : List.of("a", "\n", "ä", "💾", "\\", "]")) {
      assertTrue(Glob.of("x?y").matches("/x" + one + "y"), one);
    }
    assertFalse(Glob.of("x?y").matches("/xy"));
    assertFalse(Glob.of("/x?y").matches("/x/y"));
    assertFalse(Glob.of("/x*y").matches("/x/y"));
    assertFalse(Glob.of("/x[!a]y").matches("/x/y"));
    assertTrue(Glob.of("/x**y").matches("/x/1/2/y"));
    assertTrue(Glob.of("/**/y").matches("/y"));
  }

  @Test
  void aChoiceIsOfTheCharactersInIt() throws Exception {
    String signs = "ab.^&\\|$(){}*+?,#~ \u00e4";
    Glob glob = Glob.of("[ab.^&\\|$(){}*+?,#~ ä💾]");
    for (char c = 1; c < 0x180; c++) {
      if (c != '/') {
        assertEquals(signs.indexOf(c) >= 0, glob.matches("/" + c), "character " + (int) c);
      }
    }
    assertTrue(glob.matches("/💾"));
    assertFalse(glob.matches("/💿"));
    Glob not = Glob.of("[!]a]");
    assertFalse(not.matches("/]"));
    assertFalse(not.matches("/a"));
    assertTrue(not.matches("/b"));
    assertTrue(Glob.of("[a-c]").matches("/b"));
    assertTrue(Glob.of("[a-]").matches("/-"));
    assertFalse(Glob.of("[a&&b]").matches("/c"));
  }

  @Test
  void whatIsNotCompleteIsSaidToBeSo() {
    for (String glob : List.of("[", "[a", "a[", "[]", "[!]", "{", "{a", "a{b,c", "[z-a]")) {
      assertThrows(Malformed.class, () -> Glob.of(glob), glob);
    }
  }

  @Test
  void anEvilNameTakesNoTime() throws Exception {
    Glob glob = Glob.of("*a*a*a*b");
    String name = "/" + "a".repeat(250);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertFalse(glob.matches(name)));
  }
}
