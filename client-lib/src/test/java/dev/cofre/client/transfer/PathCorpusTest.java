package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.format.RecordPath;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Names that a colleague, or whoever has one's device, chose with bad intent, on the file systems of three kinds of machine.
class PathCorpusTest {
  private static final List<String> TRAVERSING =
      List.of(
          "..",
          ".",
          "../x",
          "a/../../x",
          "a/./../../x",
          "..\\x",
          "a\\..\\..\\x",
          "/etc/passwd",
          "//server/share/x",
          "\\\\server\\share\\x",
          "\\\\?\\C:\\x",
          "\\\\.\\pipe\\x",
          "C:\\x",
          "C:/x",
          "C:x",
          "c:",
          "a//b",
          "a/",
          "/",
          "",
          "a\0/../../x",
          "x\0.txt");

  private static final List<String> UNPORTABLE =
      List.of(
          "CON",
          "con",
          "nul",
          "NUL.txt",
          "nul.tar.gz",
          "aux",
          "PRN",
          "com1",
          "COM9.log",
          "lpt1",
          "LPT9.x",
          "com¹",
          "COM².txt",
          "lpt³",
          "CONIN$",
          "conout$",
          "nul .txt",
          "con  .a.b",
          "a.",
          "a..",
          "a ",
          "a. ",
          "...",
          "a:b",
          "a.txt:$DATA",
          "a.txt::$DATA",
          "x/a ",
          "x./a");

  private static final List<String> DECEIVING =
      List.of(
          "invoice\u202Efdp.exe",
          "a\u2066b",
          "a\u2069",
          "\u200Ea",
          "a\u200F",
          "a\u061Cb",
          "\u001b[2Ja",
          "\u001b]0;x\u0007",
          "a\nb",
          "a\rb",
          "a\tb",
          "a\u0085b",
          "a\u009bb",
          "a\u2028b",
          "a\u2029b",
          "a\u007fb");

  /// Kinds of machine.
  enum System {
    LINUX(Configuration.unix(), "/work"),
    MAC(Configuration.osX(), "/work"),
    WINDOWS(Configuration.windows(), "C:\\work");

    private final Configuration configuration;
    private final String directory;

    System(Configuration configuration, String directory) {
      this.configuration = configuration;
      this.directory = directory;
    }
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>();
    Stream.of(TRAVERSING, UNPORTABLE, DECEIVING)
        .forEach(part -> part.forEach(name -> all.addAll(List.of(name, "d/" + name))));
    Stream.of("d/e/" + "../".repeat(40) + "x", "~/x", "%2e%2e/x", "..%2fx", "\uFF0E\uFF0E/x")
        .forEach(all::add);
    Stream.of("<x>", "a|b", "a?", "*", "\"a\"", "desktop.ini", ".git/hooks/x", "é".repeat(128))
        .forEach(all::add);
    return all;
  }

  @ParameterizedTest
  @EnumSource(System.class)
  @Tag("L01")
  @Tag("L03")
  void whateverIsNamedStaysInsideOrIsRefused(System system) throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(system.configuration)) {
      Path root = files.getPath(system.directory);
      Path work = Files.createDirectories(root.resolve("in"));
      for (String name : all()) {
        Set<Path> before = everything(root, work);
        try {
          Path path = LocalNames.resolve(work, name);
          assertTrue(path.normalize().startsWith(work) && !path.equals(work), name);
          assertEquals(name.split("/", -1).length, work.relativize(path).getNameCount(), name);
          Files.createDirectories(path.resolveSibling("x").getParent());
          Files.writeString(path, "x");
          assertTrue(path.toRealPath().startsWith(work.toRealPath()), name);
        } catch (LocalState refused) {
          assertEquals(LocalState.Kind.NAME, refused.kind());
          assertTrue(refused.hint().isPresent());
        }
        assertEquals(before, everything(root, work), name);
      }
    }
  }

  /// All that there is, but for what is where it was asked for.
  private static Set<Path> everything(Path root, Path except) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.startsWith(except)).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @EnumSource(System.class)
  @Tag("L01")
  @Tag("L03")
  @Tag("L13")
  void traversingUnportableAndDeceivingNamesAreRefusedEverywhere(System system) throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(system.configuration)) {
      Path work = Files.createDirectories(files.getPath(system.directory));
      for (List<String> part : List.of(TRAVERSING, UNPORTABLE, DECEIVING)) {
        for (String name : part) {
          assertThrows(LocalState.class, () -> LocalNames.resolve(work, name), name);
          assertThrows(LocalState.class, () -> LocalNames.resolve(work, "d/" + name), name);
        }
      }
    }
  }

  /// What the refusal says does not repeat the name to a terminal.
  @Test
  @Tag("L06")
  void refusesWithoutRepeatingTheName() throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path work = Files.createDirectories(files.getPath("/work"));
      for (String name : DECEIVING) {
        LocalState refused = assertThrows(LocalState.class, () -> LocalNames.resolve(work, name));
        assertTrue(String.valueOf(refused.getMessage()).chars().allMatch(c -> c >= 32 && c < 127));
      }
    }
  }

  /// The rule of the format: what no record may say, whoever wrote it.
  @Test
  @Tag("L01")
  @Tag("D11")
  void noRecordHasAPathThatLeavesItsVault() {
    for (String name :
        List.of("..", ".", "../x", "a/../x", "a//b", "a/", "a\0b", "\u001b[2J", "")) {
      assertEquals(Optional.empty(), RecordPath.of("/" + name), name);
      assertEquals(Optional.empty(), RecordPath.of("/d/" + name), name);
    }
    assertEquals(Optional.empty(), RecordPath.of("a"));
    assertEquals(Optional.empty(), RecordPath.of("/a".repeat(65)));
    assertTrue(RecordPath.of("/a".repeat(64)).isPresent());
    assertEquals(Optional.empty(), RecordPath.of("/" + "é".repeat(128)));
    assertEquals(Optional.empty(), RecordPath.of("/\ud800"));
    assertEquals(Optional.of(new RecordPath("/\u00e9")), RecordPath.of("/e\u0301"));
    assertThrows(IllegalArgumentException.class, () -> new RecordPath("/e\u0301"));
  }

  /// Two names that are one file on this machine: the first is kept.
  @ParameterizedTest
  @EnumSource(System.class)
  @Tag("L03")
  @Tag("D11")
  void namesThatAreOneFileHereOverwriteNothing(System system) throws Exception {
    try (FileSystem files = Jimfs.newFileSystem(system.configuration)) {
      Path work = Files.createDirectories(files.getPath(system.directory));
      Set<Path> seen = new TreeSet<>();
      for (String name :
          List.of("Contrato.txt", "contrato.txt", "CONTRATO.TXT", "\u00e9", "e\u0301")) {
        Path path = LocalNames.resolve(work, name);
        boolean there = Files.exists(path);
        assertEquals(there, seen.contains(path) || isOneOf(seen, path), name);
        if (!there) {
          Files.createFile(path);
          seen.add(path);
        }
      }
      assertEquals(system == System.LINUX ? 5 : system == System.WINDOWS ? 3 : 2, seen.size());
    }
  }

  private static boolean isOneOf(Set<Path> seen, Path path) throws IOException {
    for (Path other : seen) {
      if (Files.isSameFile(other, path)) {
        return true;
      }
    }
    return false;
  }
}
