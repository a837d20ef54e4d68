package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static void put(Office office, Actor actor, String name, byte[] content)
      throws Exception {
    office.succeed(actor, "put", Office.file(actor, name, content).toString(), VAULT + ":/");
  }
}
