package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The server is gone half-way and comes back later.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenLineTest {
  private static final int SIZE = 20 << 20;

  private final byte[] content = new byte[SIZE];
  private Cable cable;
  private Office office;
  private Actor ana;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    new Random(7).nextBytes(content);
    cable = Cable.lay();
    office = Office.behind(cable, directory);
  }

  @BeforeEach
  void begin() throws IOException {
    cable.mend();
    ana = office.owner();
  }

  @AfterAll
  void close() throws IOException {
    office.close();
    cable.close();
  }

  @Test
  void inTheMiddleOfAnUpload() throws IOException {
    Path file = Office.file(ana, "grande.bin", content);
    cable.breakAfter(Cable.Way.UP, SIZE / 2);
    assertUnreachable("put", file.toString(), VAULT + ":/");
    cable.mend();
    assertFalse(office.succeed(ana, "ls", VAULT + ":/").out().contains("grande.bin"));
    assertEquals(1, office.succeed(ana, "log", VAULT, "--json").out().lines().count());
    office.succeed(ana, "put", file.toString(), VAULT + ":/");
    assertHolds("/grande.bin", content);
    assertEquals(2, office.succeed(ana, "log", VAULT, "--json").out().lines().count());
  }

  @Test
  void inTheMiddleOfADownload() throws IOException {
    Path file = Office.file(ana, "grande.bin", content);
    office.succeed(ana, "put", file.toString(), VAULT + ":/");
    Path target = Files.createDirectories(ana.directory().resolve("alvo"));
    for (long passed : List.of(0L, SIZE / 2L, SIZE - 1000L)) {
      cable.breakAfter(Cable.Way.DOWN, passed);
      assertUnreachable("get", VAULT + ":/grande.bin", target.resolve("copy").toString());
      assertTrue(names(target).stream().allMatch(name -> name.endsWith(".kept.part")));
      cable.mend();
    }
    office.succeed(ana, "get", VAULT + ":/grande.bin", target.resolve("copy").toString());
    assertArrayEquals(content, Files.readAllBytes(target.resolve("copy")));
    assertEquals(List.of("copy"), names(target));
  }

  /// Nobody on this side can know whether the server has taken it.
  @Test
  void beforeTheAnswerToACommit() throws IOException {
    Path file = Office.file(ana, "a.txt", new byte[] {1});
    cable.breakInAnswerTo("POST", "/commits");
    assertUnreachable("put", file.toString(), VAULT + ":/");
    cable.mend();
    Answer again = office.succeed(ana, "put", file.toString(), VAULT + ":/", "--json");
    assertTrue(again.out().contains("\"unchanged\""), again.out());
    assertEquals(
        1, office.succeed(ana, "history", VAULT + ":/a.txt", "--json").out().lines().count());
    assertHolds("/a.txt", new byte[] {1});
  }

  @Test
  void beforeTheAnswerToARemoval() throws IOException {
    Actor rui = office.member(ana, "Rui Costa", "editor");
    cable.breakInAnswerTo("POST", "/log");
    assertUnreachable("member", "remove", "Rui Costa", "--yes");
    cable.mend();
    office.expect(5, rui, "ls", VAULT + ":/");
    Answer log = office.succeed(ana, "team", "log", "--json");
    assertEquals(1, log.out().split("member-remove", -1).length - 1, log.out());
  }

  @Test
  void whileContentsAreSealedAgain() throws IOException {
    office.member(ana, "Rui Costa", "editor");
    for (String name : List.of("a.bin", "b.bin", "c.bin")) {
      byte[] megabyte = Arrays.copyOf(content, 1 << 20);
      megabyte[0] = (byte) name.charAt(0);
      office.succeed(ana, "put", Office.file(ana, name, megabyte).toString(), VAULT + ":/");
    }
    cable.breakAfter(Cable.Way.UP, 3 << 19);
    Answer broken =
        office.expect(3, ana, "member", "remove", "Rui Costa", "--yes", "--re-encrypt", "--json");
    assertTrue(cable.isBroken());
    assertTrue(broken.out().contains("\"versionsReencrypted\":1,"), broken.out());
    assertTrue(broken.out().contains("cofre vault reencrypt \\\"" + VAULT), broken.out());
    cable.mend();
    Answer finished = office.succeed(ana, "vault", "reencrypt", VAULT, "--json");
    assertTrue(finished.out().contains("\"filesReencrypted\":3,"), finished.out());
  }

  private void assertUnreachable(String... words) {
    Answer answer = office.expect(10, ana, words);
    assertTrue(cable.isBroken());
    assertTrue(answer.err().contains("cannot be reached"), answer.err());
    assertTrue(answer.err().contains("run the command again"), answer.err());
  }

  private void assertHolds(String path, byte[] bytes) throws IOException {
    Path copy = Files.createTempDirectory(ana.directory(), "copies").resolve("copy");
    office.succeed(ana, "get", VAULT + ":" + path, copy.toString());
    assertArrayEquals(bytes, Files.readAllBytes(copy), path);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
