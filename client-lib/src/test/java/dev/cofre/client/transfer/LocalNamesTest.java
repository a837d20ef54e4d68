package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.failure.LocalState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNamesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"a.xlsx", "dados/Clientes 2026 é 🗂.xlsx", ".hidden", "a/b/c/d", "console"})
  void takesPlainNames(String path) throws Exception {
    assertEquals(directory.resolve(path), LocalNames.resolve(directory, path));
  }

  @ParameterizedTest
  @Tag("L01")
  @Tag("L03")
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/../../x",
        "/etc/passwd",
        "a//b",
        "a/",
        "C:\\x",
        "a\\b",
        "a:b",
        "a\0b",
        "a\nb",
        "\u001b[2J",
        "a\u202Egpj.exe",
        "a\u2066b",
        "CON",
        "nul.txt",
        "com1",
        "a.",
        "a ",
        "a\u0085b",
        ".cofre-export",
        "a/.Cofre-1.part"
      })
  void refusesEverythingElse(String path) {
    assertThrows(LocalState.class, () -> LocalNames.resolve(directory, path));
  }

  @Test
  void refusesANameThatIsTooLong() {
    assertThrows(LocalState.class, () -> LocalNames.resolve(directory, "é".repeat(128)));
  }

  @Test
  @Tag("L02")
  void followsNoSymbolicLink(@TempDir Path outside) throws Exception {
    Files.createSymbolicLink(directory.resolve("out"), outside);
    assertThrows(LocalState.class, () -> LocalNames.resolve(directory, "out/x"));
    assertThrows(LocalState.class, () -> LocalNames.resolve(directory, "out/deep/x"));
  }
}
