package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever runs the server restores an older copy of its database, notices, and restores the newest.
class RestoredServerTest {
  @Test
  @Tag("N30")
  void isExplainedAndLosesNothing(@TempDir Path directory) throws Exception {
    try (Office office = Office.open(directory)) {
      Actor ana = office.owner();
      Actor rui = office.member(ana, "Rui Costa", "editor");
      String vault = office.succeed(ana, "vault", "show", VAULT, "--json").field("vaultId");
      put(office, ana, "a.txt", new byte[] {1});
      office.succeed(rui, "ls", VAULT + ":/");
      put(office, ana, "b.txt", new byte[] {2});
      try (Operator operator = Operator.of(office.data())) {
        Operator.Taken lost = operator.take(vault);
        for (int i = 0; i < 2; i++) {
          Answer answer = office.expect(12, ana, "ls", VAULT + ":/");
          assertTrue(answer.err().contains("less than it showed before"), answer.err());
        }
        office.expect(
            12, ana, "put", Office.file(ana, "c.txt", new byte[] {3}).toString(), VAULT + ":/");
        assertTrue(office.succeed(rui, "ls", VAULT + ":/").out().contains("a.txt"));
        operator.put(lost);
      }
      put(office, ana, "c.txt", new byte[] {3});
      for (Actor actor : new Actor[] {ana, rui}) {
        Path copies = Files.createTempDirectory(actor.directory(), "copies");
        byte content = 1;
        for (String name : new String[] {"a.txt", "b.txt", "c.txt"}) {
          Path copy = copies.resolve(name);
          office.succeed(actor, "get", VAULT + ":/" + name, copy.toString());
          assertArrayEquals(new byte[] {content++}, Files.readAllBytes(copy), name);
        }
        assertEquals(4, content);
      }
    }
  }

  /// The whole data directory, copied and put in place of the newer one as docs/operations.md says.
  @Test
  @Tag("N30")
  void anOlderCopyOfEverythingIsAPauseUntilTheNewestIsBack(@TempDir Path directory)
      throws Exception {
    Path older = directory.resolve("older");
    Path newest = directory.resolve("newest");
    try (Cable cable = Cable.lay();
        Office office = Office.behind(cable, directory)) {
      Actor ana = office.owner();
      Actor rui = office.member(ana, "Rui Costa", "editor");
      put(office, ana, "a.txt", new byte[] {1});
      office.succeed(rui, "ls", VAULT + ":/");
      office.restart(() -> copy(office.data(), older));
      put(office, ana, "b.txt", new byte[] {2});

      office.restart(() -> {
        Files.move(office.data(), newest);
        Files.move(older, office.data());
      });
      Answer answer = office.expect(12, ana, "ls", VAULT + ":/");
      assertTrue(answer.err().contains("less than it showed before"), answer.err());
      office.expect(
          12, ana, "put", Office.file(ana, "c.txt", new byte[] {3}).toString(), VAULT + ":/");
      requireFiles(office, rui, "a.txt");

      office.restart(() -> {
        Files.move(office.data(), older);
        Files.move(newest, office.data());
      });
      put(office, rui, "c.txt", new byte[] {3});
      for (Actor actor : new Actor[] {ana, rui}) {
        requireFiles(office, actor, "a.txt", "b.txt", "c.txt");
      }
    }
  }

  /// Nobody has the newest copy any more, and somebody writes to the older one.
  @Test
  @Tag("N30")
  void whoeverKnowsTheLostCommitsBeginsAgainWithAKitAndPutsThemBack(@TempDir Path directory)
      throws Exception {
    try (Office office = Office.open(directory)) {
      Actor ana = office.owner();
      Actor rui = office.member(ana, "Rui Costa", "editor");
      String vault = office.succeed(ana, "vault", "show", VAULT, "--json").field("vaultId");
      String kit = office.succeed(ana, "kit", "print").out();
      put(office, ana, "a.txt", new byte[] {1});
      office.succeed(rui, "ls", VAULT + ":/");
      put(office, ana, "b.txt", new byte[] {2});
      try (Operator operator = Operator.of(office.data())) {
        operator.take(vault);
      }
      office.expect(12, ana, "ls", VAULT + ":/");
      put(office, rui, "d.txt", new byte[] {4});
      Answer forked = office.expect(12, ana, "ls", VAULT + ":/");
      assertTrue(forked.err().contains("another past"), forked.err());
      office.expect(12, ana, "put", ana.directory().resolve("b.txt").toString(), VAULT + ":/");
      requireFiles(office, rui, "a.txt", "d.txt");

      Actor again = office.actor("Ana Silva");
      Path sheet = Office.file(again, "kit", kit.getBytes(StandardCharsets.UTF_8));
      office.succeed(
          again, "kit", "restore", "--server", office.url(), "--kit-file", sheet.toString());
      put(office, again, "b.txt", new byte[] {2});
      for (Actor actor : new Actor[] {again, rui}) {
        requireFiles(office, actor, "a.txt", "b.txt", "d.txt");
      }
    }
  }

  /// These are all files of the vault, and each can be read.
  private static void requireFiles(Office office, Actor actor, String... names) throws Exception {
    Path copies = Files.createTempDirectory(actor.directory(), "copies");
    office.succeed(actor, "get", VAULT + ":/", copies.toString());
    Map<String, Integer> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(copies)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(String.valueOf(file.getFileName()), (int) Files.readAllBytes(file)[0]);
      }
    }
    Map<String, Integer> wanted = new TreeMap<>();
    for (String name : names) {
      wanted.put(name, name.charAt(0) - 'a' + 1);
    }
    assertEquals(wanted, found);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void put(Office office, Actor actor, String name, byte[] content)
      throws Exception {
    office.succeed(actor, "put", Office.file(actor, name, content).toString(), VAULT + ":/");
  }
}
