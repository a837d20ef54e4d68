package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is reached, and members know it by another address.
class AddressTest {
  private static final String[] TEAM = {
    "--name", "Ana Silva", "--email", "ana@example.com",
  };

  private static void requireExplained(Answer answer, String secret) {
    assertTrue(answer.err().contains("goes by another address"), answer.err());
    assertFalse(answer.err().contains("access was ended"), answer.err());
    assertFalse(answer.err().contains(secret), answer.err());
  }

  @Test
  void isToldApartFromARemoval(@TempDir Path directory) throws IOException {
    try (Office office = Office.open(directory)) {
      Actor ana = office.owner();
      String elsewhere = office.url().replace("127.0.0.1", "localhost");
      String sheet = office.succeed(ana, "kit", "print").out();
      Actor again = office.actor("Ana Silva");
      Path kit = Office.file(again, "kit", sheet.getBytes(StandardCharsets.UTF_8));
      requireExplained(
          office.expect(
              10, again, "kit", "restore", "--server", elsewhere, "--kit-file", kit.toString()),
          office.url());
      office.succeed(
          again, "kit", "restore", "--server", office.url(), "--kit-file", kit.toString());
      Actor rui = office.actor("Rui Costa");
      requireExplained(
          office.expect(
              10,
              rui,
              "team",
              "create",
              "Escritório",
              "--server",
              elsewhere,
              TEAM[0],
              TEAM[1],
              TEAM[2],
              TEAM[3]),
          office.url());
      office.succeed(
          rui,
          "team",
          "create",
          "Escritório",
          "--server",
          office.url(),
          TEAM[0],
          TEAM[1],
          TEAM[2],
          TEAM[3]);
    }
  }
}
