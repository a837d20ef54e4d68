package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README has people type, word for word.
class FirstStepsTest {
  @TempDir private Path directory;

  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = Office.open(directory);
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void makeATeamOfTwo() throws IOException {
    Actor ana = office.actor("Ana Silva");
    String[] create = {"team", "create", "Escritorio", "--server", office.url()};
    office.succeed(ana, with(create, "--name", "Ana Silva", "--email", "ana@example.com"));
    office.succeed(ana, "vault", "create", "Silva");
    Office.file(ana, "clientes.xlsx", new byte[] {1, 2, 3});
    office.succeed(ana, "put", "clientes.xlsx", "Silva:/");
    Answer invited =
        office.succeed(ana, "invite", "rui@example.com", "--vault", "Silva:editor", "--json");
    Actor rui = office.actor("Rui Costa");
    office.succeed(rui, "join", invited.field("link"), "--name", "Rui Costa");
    Answer early = office.expect(4, rui, "ls", "Silva:/");
    assertTrue(
        early.err().contains("once the program of a colleague who can edit it has been in touch"),
        early.err());
    office.succeed(ana, "ls");
    office.succeed(rui, "ls", "Silva:/");
    office.succeed(rui, "get", "Silva:/clientes.xlsx", "from-the-vault.xlsx");
    assertArrayEquals(
        new byte[] {1, 2, 3}, Files.readAllBytes(rui.directory().resolve("from-the-vault.xlsx")));
    Answer invitations = office.succeed(ana, "invite", "list");
    assertTrue(invitations.out().contains("rui@example.com"), invitations.out());
    office.succeed(ana, "member", "remove", "rui@example.com", "--yes");
    office.expect(5, rui, "ls", "Silva:/");
  }

  private static String[] with(String[] words, String... more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
