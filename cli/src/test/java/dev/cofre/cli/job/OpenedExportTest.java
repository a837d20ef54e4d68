package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What `cofre export` writes opened, and where either form of it goes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenedExportTest {
  private static final Map<String, byte[]> FILES =
      Map.of("/um.bin", new byte[] {1}, "/pasta/dois.bin", new byte[70_000], "/vazio", new byte[0]);

  private Office office;
  private Actor ana;

  @BeforeAll
  void putFiles(@TempDir Path directory) throws IOException {
    office = Office.open(directory);
    ana = office.owner();
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Office.file(ana, "sources" + file.getKey(), file.getValue());
    }
    String sources = ana.directory().resolve("sources").toString();
    office.succeed(ana, "put", sources + "/um.bin", sources + "/vazio", VAULT + ":/");
    office.succeed(ana, "put", sources + "/pasta", VAULT + ":/");
  }

  @AfterAll
  void close() {
    office.close();
  }

  @Test
  void writesEveryFileOfTheVault(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("opened");
    Answer answer = office.succeed(ana, "export", VAULT, target.toString(), "--json", "--quiet");
    assertEquals(FILES.size(), answer.out().lines().count(), answer.out());
    assertEquals(Map.of(), ExportedVault.differences(FILES, target));
    assertEquals("", answer.err());
  }

  @Test
  void goesOnWithWhatIsMissingAndReplacesNothing(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("opened");
    Files.createDirectories(target.resolve("pasta"));
    Files.write(target.resolve("pasta/dois.bin"), FILES.get("/pasta/dois.bin"));
    Path other = Files.writeString(target.resolve("um.bin"), "somebody else's");
    Files.writeString(target.resolve(".cofre-export"), mark());
    Answer partly = office.expect(3, ana, "export", VAULT, target.toString());
    assertTrue(partly.err().contains("um.bin exists already"), partly.err());
    assertEquals("somebody else's", Files.readString(other));
    Files.delete(other);
    Answer rest = office.succeed(ana, "export", VAULT, target.toString(), "--json");
    assertEquals(1, rest.out().lines().filter(line -> line.contains("\"fetched\"")).count());
    assertEquals(Map.of(), ExportedVault.differences(FILES, target));
  }

  /// What lies in the directory of an export that was interrupted.
  private String mark() {
    Answer shown = office.succeed(ana, "vault", "show", VAULT, "--json");
    Answer log = office.succeed(ana, "log", VAULT, "--json");
    long last = log.out().lines().count();
    String line =
        log.out().lines().filter(l -> l.contains("\"seq\":" + last + ",")).findAny().get();
    String hash = new Answer(0, line, "").field("hash");
    return "cofre export 1: files of %s at %d %s\n".formatted(shown.field("vaultId"), last, hash);
  }

  @Test
  void goesOnlyIntoADirectoryOfItsOwn(@TempDir Path directory) throws IOException {
    Path mine = Files.writeString(directory.resolve("mine.txt"), "mine");
    Answer answer = office.expect(11, ana, "export", VAULT, directory.toString());
    assertTrue(answer.err().contains("is not empty"), answer.err());
    office.expect(11, ana, "export", VAULT, mine.toString());
    office.expect(4, ana, "export", VAULT, directory.resolve("a/b").toString());
    assertEquals("mine", Files.readString(mine));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(mine), left.toList());
    }
  }

  @Test
  void isNotEncryptedForNobody(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("export");
    Answer answer = office.expect(6, ana, "export", VAULT, target.toString(), "--encrypted");
    assertTrue(answer.err().contains("cofre kit print"), answer.err());
    assertFalse(Files.exists(target));
  }
}
