package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {
  @TempDir private Path directory;

  @Test
  void asksThePerson() {
    Stage stage = new Stage(directory).person("four words of mine");
    assertEquals("four words of mine", new String(stage.terminal().secrecy().existing()));
    assertFalse(stage.err().contains("four words"));
  }

  @Test
  void asksTwiceForANewOne() {
    Stage stage = new Stage(directory).person("four words of mine", "four words of mine");
    assertEquals("four words of mine", new String(stage.terminal().secrecy().fresh()));
  }

  @Test
  void refusesTwoThatDiffer() {
    Stage stage = new Stage(directory).person("four words of mine", "four words of yours");
    assertEquals("passphrase-differs", refusedFresh(stage).code());
  }

  @Test
  void refusesEmptyAndShortOnes() {
    assertEquals("passphrase-short", refusedFresh(new Stage(directory).person("too short")).code());
    assertEquals("passphrase-empty", refusedFresh(new Stage(directory).person("")).code());
    Stage empty = new Stage(directory).person("");
    Halt halt = assertThrows(Halt.class, () -> empty.terminal().secrecy().existing());
    assertEquals("passphrase-empty", halt.complaint().code());
  }

  @Test
  void isLockedWhenNobodyIsThere() {
    Stage stage = new Stage(directory);
    Halt halt = assertThrows(Halt.class, () -> stage.terminal().secrecy().existing());
    assertEquals(Exit.LOCAL_STATE, halt.complaint().exit());
    assertEquals("locked", halt.complaint().code());
  }

  @Test
  void readsAFileWithoutItsLineEnd() throws IOException {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      file("four words of mine" + end, "rw-------");
      assertEquals("four words of mine", new String(named().secrecy().existing()));
    }
  }

  @Test
  void theNamedFileWinsOverTheEnvironment() throws IOException {
    file("four words of mine", "rw-------");
    Files.writeString(directory.resolve("other"), "other words of mine");
    Stage stage = new Stage(directory).with("COFRE_PASSPHRASE_FILE", "other");
    assertEquals("other words of mine", new String(stage.terminal().secrecy().existing()));
    Terminal named = stage.terminal(manner());
    assertEquals("four words of mine", new String(named.secrecy().existing()));
  }

  @Test
  void warnsWhenOthersCanReadTheFile() throws IOException {
    file("four words of mine", "rw-r--r--");
    Stage stage = new Stage(directory);
    stage.terminal(manner()).secrecy().existing();
    assertTrue(stage.err().contains("chmod 600"), stage.err());
    file("four words of mine", "rw-------");
    Stage narrow = new Stage(directory);
    narrow.terminal(manner()).secrecy().existing();
    assertEquals("", narrow.err());
  }

  @Test
  void refusesFilesThatAreNone() throws IOException {
    Halt missing = assertThrows(Halt.class, () -> named().secrecy().existing());
    assertEquals(Exit.NOT_FOUND, missing.complaint().exit());
    file("x".repeat(5000), "rw-------");
    Halt large = assertThrows(Halt.class, () -> named().secrecy().existing());
    assertEquals("passphrase-file-large", large.complaint().code());
    Files.write(directory.resolve("pass"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Halt binary = assertThrows(Halt.class, () -> named().secrecy().existing());
    assertEquals("passphrase-file-text", binary.complaint().code());
  }

  private Complaint refusedFresh(Stage stage) {
    return assertThrows(Halt.class, () -> stage.terminal().secrecy().fresh()).complaint();
  }

  private Terminal named() {
    return new Stage(directory).terminal(manner());
  }

  private static Terminal.Manner manner() {
    return new Terminal.Manner(false, false, false, Optional.of("pass"));
  }

  private void file(String text, String permissions) throws IOException {
    Path file = directory.resolve("pass");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
