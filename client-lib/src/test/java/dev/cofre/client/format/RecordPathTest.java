package dev.cofre.client.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPathTest {
  private static final String LONG_NAME = "/" + "é".repeat(127) + "a";

  private static void refuses(String path) {
    assertThrows(IllegalArgumentException.class, () -> new RecordPath(path), path);
    assertEquals(Optional.empty(), RecordPath.of(path), path);
  }

  private static void takes(String path) {
    assertEquals(path, new RecordPath(path).toString());
    assertEquals(Optional.of(new RecordPath(path)), RecordPath.of(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a/b",
        "/",
        "//",
        "/a/",
        "/a//b",
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/a\0b",
        "/a\nb",
        "/\u0085",
        "/\u007f",
        "/\ud800",
        "/a\udc00b"
      })
  void refusesWhatIsNoPathBelowADirectory(String path) {
    refuses(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "/a/b", "/...", "/.a", "/a b", "/é", "/😀", "/a\\b"})
  void takesNamesOfAllSorts(String path) {
    takes(path);
  }

  /// A path is taken without asking what Unicode says where all its characters are below the first combining mark.
  @Test
  void whateverIsBelowTheCombiningMarksIsInNormalFormC() {
    for (char first = ' '; first < 0x300; first++) {
      for (char second = ' '; second < 0x300; second++) {
        String name = "" + first + second;
        if (name.chars().noneMatch(c -> c == '/' || Character.isISOControl(c))
            && !name.equals("..")) {
          assertTrue(Normalizer.isNormalized(name, Normalizer.Form.NFC), name);
          assertEquals("/" + name, new RecordPath("/" + name).value());
        }
      }
    }
  }

  @Test
  void aNameHas255BytesAtMost() {
    takes(LONG_NAME);
    refuses(LONG_NAME + "a");
  }

  @Test
  void aPathHas64NamesAtMost() {
    takes("/a".repeat(64));
    refuses("/a".repeat(65));
  }

  @Test
  void aPathHas4096BytesAtMost() {
    String path = LONG_NAME.repeat(15) + "/" + "a".repeat(253) + "/a";
    assertEquals(RecordPath.MAX_LENGTH, path.getBytes(StandardCharsets.UTF_8).length);
    takes(path);
    refuses(path + "a");
  }

  @Test
  void isInNormalFormC() {
    String decomposed = "/e\u0301";
    assertThrows(IllegalArgumentException.class, () -> new RecordPath(decomposed));
    assertEquals(Optional.of(new RecordPath("/é")), RecordPath.of(decomposed));
  }

  @Test
  void saysItsNamesAndWhereItLies() {
    RecordPath path = new RecordPath("/a/b/c");
    assertEquals(List.of("a", "b", "c"), path.names());
    assertEquals("c", path.name());
    assertEquals(new RecordPath("/a/b/d"), path.withName("d"));
    assertEquals(new RecordPath("/d"), new RecordPath("/a").withName("d"));
    assertThrows(IllegalArgumentException.class, () -> path.withName("d/.."));
    assertTrue(path.isBelow("/a/"));
    assertTrue(path.isBelow("/"));
    assertFalse(path.isBelow("/b/"));
    assertFalse(path.isBelow("/a/b/c"));
    assertTrue(path.compareTo(new RecordPath("/a/b/d")) < 0);
    assertTrue(path.compareTo(new RecordPath("/a/b")) > 0);
  }
}
