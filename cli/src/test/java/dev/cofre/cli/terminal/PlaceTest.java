package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  private final Texts texts = Texts.in(Language.ENGLISH);

  @ParameterizedTest
  @CsvSource({
    "Silva:/,Silva,/",
    "Silva:/a/b.pdf,Silva,/a/b.pdf",
    "Silva & Costa:/2026/,Silva & Costa,/2026/",
    "Silva:/a:b,Silva,/a:b",
    "3fa95c01:/x,3fa95c01,/x"
  })
  void readsPlacesInVaults(String typed, String vault, String path) {
    assertEquals(new Place.InVault(vault, path), Place.parse(typed, texts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a/b", "/tmp/x:y", "./a:b", "../x", "C:\\x", ".", "-"})
  void readsPathsOfThisMachine(String typed) {
    assertEquals(new Place.Local(typed), Place.parse(typed, texts));
  }

  @ParameterizedTest
  @CsvSource({
    "Silva:a,path-no-slash",
    "Silva:,path-no-slash",
    ":/a,path-no-vault",
    "Silva:/../a,path-dots",
    "Silva:/a/..,path-dots",
    "Silva:/a/./b,path-dots",
    "Silva:/a//b,path-empty-part"
  })
  void saysWhyAPlaceCannotBe(String typed, String code) {
    assertEquals(code, refused(typed).code());
    assertEquals(Exit.USAGE, refused(typed).exit());
  }

  @Test
  void refusesNul() {
    assertEquals("path-nul", refused("Silva:/a\0b").code());
    assertEquals("path-local", refused("a\0b").code());
    assertEquals("path-local", refused("").code());
  }

  @Test
  void tellsDirectoriesAndPatterns() {
    assertTrue(new Place.InVault("S", "/a/").isDirectory());
    assertTrue(new Place.InVault("S", "/a/*.pdf").isPattern());
  }

  @Test
  void insistsOnTheSideThatIsNeeded() {
    assertThrows(Halt.class, () -> Place.parseInVault("a.txt", texts));
    assertThrows(Halt.class, () -> Place.parseLocal("S:/a", texts));
  }

  private Complaint refused(String typed) {
    return assertThrows(Halt.class, () -> Place.parse(typed, texts)).complaint();
  }
}
