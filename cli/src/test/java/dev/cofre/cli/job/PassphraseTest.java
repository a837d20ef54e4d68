package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another passphrase for a device.
class PassphraseTest {
  @TempDir private Path directory;

  @Test
  @Tag("H12")
  void opensTheDeviceInPlaceOfTheOldOneAndSaysWhatThatDoesNotDo() throws IOException {
    try (Office office = Office.open(directory)) {
      Actor ana = office.owner();
      Path next =
          Office.file(ana, "next", "another of several words\n".getBytes(StandardCharsets.UTF_8));
      Path brief = Office.file(ana, "brief", "short".getBytes(StandardCharsets.UTF_8));
      office.expect(2, ana, "passphrase", "--new-passphrase-file", brief.toString());
      office.expect(4, ana, "passphrase", "--new-passphrase-file", "nowhere");
      Answer wrong =
          office.expect(
              11,
              ana,
              "passphrase",
              "--passphrase-file",
              next.toString(),
              "--new-passphrase-file",
              brief.toString());
      assertTrue(wrong.err().contains("does not open"), wrong.err());
      office.succeed(ana, "whoami");

      Answer changed = office.succeed(ana, "passphrase", "--new-passphrase-file", next.toString());
      assertTrue(changed.err().contains("cofre device revoke"), changed.err());
      office.expect(11, ana, "whoami");
      office.succeed(ana, "whoami", "--passphrase-file", next.toString());
      assertTrue(Files.exists(next), "the file is the person's");
    }
  }
}
