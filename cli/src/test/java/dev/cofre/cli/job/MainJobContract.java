package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.server.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The main job, as people do it: put, get, remove, and what goes with it. Run over every blob store.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MainJobContract {
  private static final long SEED = 20_261_124;

  private Office office;

  /// Where the server keeps its blobs.
  abstract Settings storage(Settings settings) throws IOException;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    office =
        Office.open(
            directory,
            InstantSource.system(),
            settings -> {
              try {
                return storage(settings);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @AfterAll
  void stop() {
    office.close();
  }

  @Test
  void bringsEveryKindOfFileToATeammate() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    byte[] large = new byte[21 << 20];
    new Random(SEED).nextBytes(large);
    List<Path> files =
        List.of(
            Office.file(ana, "vazio.txt", new byte[0]),
            Office.file(ana, "um.bin", new byte[] {7}),
            Office.file(ana, "grande.bin", large),
            Office.file(
                ana,
                "Declaração do João 🙂 – 2026.xlsx",
                "conteúdo".getBytes(StandardCharsets.UTF_8)));
    String[] words =
        Stream.of(
                Stream.of("put"), files.stream().map(Path::toString), Stream.of(VAULT + ":/dados/"))
            .flatMap(each -> each)
            .toArray(String[]::new);
    office.succeed(ana, words);
    for (Path file : files) {
      assertArrives(rui, "/dados/" + file.getFileName(), Files.readAllBytes(file));
    }
  }

  private void assertArrives(Actor actor, String path, byte[] content) throws IOException {
    Path copy = Files.createTempDirectory(actor.directory(), "copies").resolve("copy");
    office.succeed(actor, "get", VAULT + ":" + path, copy.toString());
    assertArrayEquals(content, Files.readAllBytes(copy), path);
  }

  @Test
  void bringsRealSpreadsheetsToATeammate() throws IOException {
    Path samples = Path.of(System.getProperty("cofre.shared", "")).resolve("samples");
    assumeTrue(Files.isDirectory(samples), "the samples are not here");
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "viewer");
    office.succeed(ana, "put", samples.toString(), VAULT + ":/");
    Path target = rui.directory().resolve("vindo");
    Files.createDirectories(target);
    office.succeed(rui, "get", VAULT + ":/samples/", target.toString());
    try (Stream<Path> files = Files.list(samples)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(file.getFileName().toString());
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(copy), file.toString());
      }
    }
  }

  @Test
  void bringsAFolderOfManySmallFiles() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    for (int i = 0; i < 300; i++) {
      Office.file(
          ana,
          "pasta/" + i % 7 + "/ficheiro " + i + ".txt",
          ("n.º " + i).getBytes(StandardCharsets.UTF_8));
    }
    office.succeed(ana, "put", ana.directory().resolve("pasta").toString(), VAULT + ":/");
    Path target = Files.createDirectories(rui.directory().resolve("alvo"));
    office.succeed(rui, "get", VAULT + ":/pasta", target.toString());
    for (int i = 0; i < 300; i++) {
      assertEquals(
          "n.º " + i,
          Files.readString(target.resolve("pasta/" + i % 7 + "/ficheiro " + i + ".txt")));
    }
    Answer again =
        office.succeed(
            ana, "put", ana.directory().resolve("pasta").toString(), VAULT + ":/", "--json");
    assertEquals(300, again.out().split("\"unchanged\"", -1).length - 1);
  }

  @Test
  void closesTheVaultToARemovedMember() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(ana, "put", Office.file(ana, "a.txt", new byte[] {1}).toString(), VAULT + ":/");
    office.succeed(rui, "ls", VAULT + ":/");
    Answer removed = office.succeed(ana, "member", "remove", "Rui Costa", "--yes", "--json");
    assertTrue(removed.out().contains("\"versionsTotal\":1"), removed.out());
    assertTrue(removed.out().contains("\"filesFetchedBefore\":0"), removed.out());
    office.succeed(ana, "put", Office.file(ana, "b.txt", new byte[] {2}).toString(), VAULT + ":/");
    Path copy = rui.directory().resolve("copy");
    for (String path : List.of("/a.txt", "/b.txt")) {
      office.expect(5, rui, "get", VAULT + ":" + path, copy.toString());
      assertFalse(Files.exists(copy));
    }
    office.expect(
        5, rui, "put", Office.file(rui, "c.txt", new byte[] {3}).toString(), VAULT + ":/");
    Answer members = office.succeed(ana, "member", "list");
    assertTrue(members.out().contains("Rui Costa"), members.out());
  }

  @Test
  void sealsContentsAgainWhenAskedTo() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(
        ana, "put", Office.file(ana, "a.txt", new byte[] {1, 2}).toString(), VAULT + ":/");
    office.succeed(rui, "get", VAULT + ":/a.txt", rui.directory().resolve("copy").toString());
    Answer removed =
        office.succeed(ana, "member", "remove", "Rui Costa", "--yes", "--re-encrypt", "--json");
    assertTrue(removed.out().contains("\"versionsReencrypted\":1"), removed.out());
    assertTrue(removed.out().contains("\"filesFetchedBefore\":1"), removed.out());
    assertArrives(ana, "/a.txt", new byte[] {1, 2});
    assertEquals(
        2, office.succeed(ana, "history", VAULT + ":/a.txt", "--json").out().lines().count());
  }

  @Test
  void sealsContentsAgainLater() throws IOException {
    Actor ana = office.owner();
    office.member(ana, "Rui Costa", "editor");
    for (String name : List.of("a.txt", "b.txt")) {
      office.succeed(
          ana, "put", Office.file(ana, name, new byte[] {1, 2}).toString(), VAULT + ":/");
    }
    String before = office.succeed(ana, "vault", "reencrypt", VAULT, "--json").out();
    assertTrue(before.contains("\"filesTotal\":2,\"filesReencrypted\":2"), before);
    office.succeed(ana, "vault", "revoke", VAULT, "Rui Costa", "--yes");
    office.succeed(ana, "put", Office.file(ana, "c.txt", new byte[] {3}).toString(), VAULT + ":/");
    String after = office.succeed(ana, "vault", "reencrypt", VAULT, "--json").out();
    assertTrue(after.contains("\"filesTotal\":3,\"filesReencrypted\":3"), after);
    assertArrives(ana, "/b.txt", new byte[] {1, 2});
    for (String again : List.of("first", "second")) {
      office.succeed(ana, "vault", "reencrypt", VAULT);
      String versions = office.succeed(ana, "history", VAULT + ":/a.txt", "--json").out();
      assertEquals(2, versions.lines().count(), again);
      assertEquals(
          1,
          office.succeed(ana, "history", VAULT + ":/c.txt", "--json").out().lines().count(),
          again);
    }
  }

  @Test
  void letsALaterTeammateReadWhatWasThereOnceAnEditorWasInTouch() throws IOException {
    Actor ana = office.owner();
    office.succeed(
        ana, "put", Office.file(ana, "antes.txt", new byte[] {9}).toString(), VAULT + ":/");
    Actor eva = office.member(ana, "Eva Dias", "viewer");
    Path copy = eva.directory().resolve("copy");
    Answer early = eva.run("get", VAULT + ":/antes.txt", copy.toString());
    assertEquals(4, early.exit(), early.err());
    assertTrue(early.err().contains("cannot be read yet"), early.err());
    office.succeed(ana, "ls", VAULT + ":/");
    assertArrives(eva, "/antes.txt", new byte[] {9});
  }

  @Test
  void letsTwoMembersWriteAtOnce() throws Exception {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(ana, "ls", VAULT + ":/");
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 3; round++) {
        Path hers = Office.file(ana, "ana" + round, new byte[] {1});
        Path his = Office.file(rui, "rui" + round, new byte[] {2});
        Future<Answer> one = both.submit(() -> ana.run("put", hers.toString(), VAULT + ":/"));
        Future<Answer> other = both.submit(() -> rui.run("put", his.toString(), VAULT + ":/"));
        assertEquals(0, one.get().exit(), one.get().err());
        assertEquals(0, other.get().exit(), other.get().err());
      }
    }
    for (int round = 0; round < 3; round++) {
      assertArrives(rui, "/ana" + round, new byte[] {1});
      assertArrives(ana, "/rui" + round, new byte[] {2});
    }
  }

  @Test
  void keepsBothContentsWhenTwoDevicesWriteOnePathAtOnce() throws Exception {
    Actor ana = office.owner();
    Actor again = office.anotherDevice(ana, "Ana Silva");
    Path first = Office.file(ana, "antes.txt", new byte[] {0});
    office.succeed(ana, "put", first.toString(), VAULT + ":/antiga.txt");
    office.succeed(again, "ls", VAULT + ":/");
    Path hers = Office.file(ana, "hers", new byte[] {1});
    Path other = Office.file(again, "other", new byte[] {2, 2});
    for (String path : List.of("/antiga.txt", "/nova.txt")) {
      try (ExecutorService both = Executors.newFixedThreadPool(2)) {
        Future<Answer> one = both.submit(() -> ana.run("put", hers.toString(), VAULT + ":" + path));
        Future<Answer> two =
            both.submit(() -> again.run("put", other.toString(), VAULT + ":" + path));
        for (Answer answer : List.of(one.get(), two.get())) {
          assertEquals(0, answer.exit(), answer.err());
        }
      }
      assertEquals(List.of(List.of((byte) 1), List.of((byte) 2, (byte) 2)), kept(ana, path));
      assertEquals(kept(ana, path), kept(again, path));
    }
    office.succeed(again, "verify", "--content");
  }

  /// Every content that was put to a path, whether as a version of one file or as a file of its own beside it; without the one byte 0.
  private List<List<Byte>> kept(Actor actor, String path) throws IOException {
    String name = path.substring(1, path.indexOf('.'));
    List<List<Byte>> contents = new ArrayList<>();
    for (String shown : office.succeed(actor, "ls", VAULT + ":/").out().lines().toList()) {
      if (!shown.contains(name)) {
        continue;
      }
      String file = VAULT + ":/" + shown.substring(shown.indexOf(name)).strip();
      long versions = office.succeed(actor, "history", file, "--json").out().lines().count();
      for (int version = 1; version <= versions; version++) {
        Path copy = Files.createTempDirectory(actor.directory(), "kept").resolve("copy");
        office.succeed(actor, "get", file, copy.toString(), "--version", "" + version);
        contents.add(bytes(Files.readAllBytes(copy)));
      }
    }
    contents.remove(List.of((byte) 0));
    contents.sort(Comparator.comparing(List::size));
    return contents;
  }

  private static List<Byte> bytes(byte[] content) {
    List<Byte> bytes = new ArrayList<>();
    for (byte each : content) {
      bytes.add(each);
    }
    return bytes;
  }

  @Test
  void keepsVersionsAndNames() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(
        ana, "put", Office.file(ana, "a.txt", new byte[] {1}).toString(), VAULT + ":/d/");
    office.succeed(
        rui, "put", Office.file(rui, "a.txt", new byte[] {2}).toString(), VAULT + ":/d/");
    assertArrives(ana, "/d/a.txt", new byte[] {2});
    Path first = ana.directory().resolve("first");
    office.succeed(ana, "get", VAULT + ":/d/a.txt", first.toString(), "--version", "1");
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(first));
    office.succeed(ana, "mv", VAULT + ":/d/a.txt", VAULT + ":/e/b.txt");
    assertArrives(rui, "/e/b.txt", new byte[] {2});
    office.succeed(rui, "rm", VAULT + ":/e/b.txt", "--yes");
    office.expect(4, ana, "get", VAULT + ":/e/b.txt", ana.directory().resolve("gone").toString());
    office.succeed(ana, "restore", VAULT + ":/e/b.txt");
    assertArrives(rui, "/e/b.txt", new byte[] {2});
    assertTrue(office.succeed(rui, "find", VAULT, "*.txt").out().contains("/e/b.txt"));
    assertEquals(
        4, office.succeed(rui, "history", VAULT + ":/e/b.txt", "--json").out().lines().count());
    assertTrue(office.succeed(rui, "verify", "--content").out().contains(VAULT));
    office.succeed(rui, "log", VAULT);
  }

  @Test
  void hasDevicesAndAKit() throws IOException {
    Actor ana = office.owner();
    office.succeed(ana, "put", Office.file(ana, "a.txt", new byte[] {1}).toString(), VAULT + ":/");
    Actor again = office.anotherDevice(ana, "Ana Silva");
    assertArrives(again, "/a.txt", new byte[] {1});
    String lost = office.succeed(ana, "whoami", "--json").field("deviceId");
    office.succeed(again, "device", "revoke", lost, "--yes");
    office.expect(5, ana, "ls", VAULT + ":/");
    office.succeed(
        again, "put", Office.file(again, "b.txt", new byte[] {2}).toString(), VAULT + ":/");
    assertArrives(again, "/b.txt", new byte[] {2});
    office.succeed(again, "verify", "--content");
  }
}
