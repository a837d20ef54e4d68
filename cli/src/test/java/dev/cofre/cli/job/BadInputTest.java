package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.server.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What people and machines get wrong: each time a message, an exit code that scripts can rely on, and nothing lost. One server for
/// all, a team of its own for each.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int SEALED_CHUNK = (16 << 10) + 16;

  private final MovableClock clock = new MovableClock();

  private Office office;
  private Actor ana;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    office = Office.impatient(directory, clock);
  }

  @BeforeEach
  void begin() throws IOException {
    ana = office.owner();
  }

  @AfterAll
  void close() {
    office.close();
  }

  private Path put(String name, byte[] content) throws IOException {
    Path file = Office.file(ana, name, content);
    office.succeed(ana, "put", file.toString(), VAULT + ":/");
    return file;
  }

  private void assertHolds(Actor actor, String path, byte[] content) throws IOException {
    Path copy = Files.createTempDirectory(actor.directory(), "copies").resolve("copy");
    office.succeed(actor, "get", VAULT + ":" + path, copy.toString());
    assertArrayEquals(content, Files.readAllBytes(copy), path);
  }

  private static void assertSays(String words, Answer answer) {
    assertTrue(answer.err().contains(words), answer.err());
  }

  @Test
  void namesThatAreNotThere() throws IOException {
    put("a.txt", new byte[] {1});
    Path copy = ana.directory().resolve("copy");
    assertSays(
        "there is no vault Nada", office.expect(4, ana, "get", "Nada:/a.txt", copy.toString()));
    office.expect(4, ana, "get", VAULT + ":/b.txt", copy.toString());
    assertSays("There is no file", office.expect(4, ana, "put", copy.toString(), VAULT + ":/"));
    office.expect(2, ana, "get", VAULT + ":/../a.txt", copy.toString());
    office.expect(2, ana, "put", ana.directory().resolve("a.txt").toString(), VAULT + ":/../b.txt");
    assertFalse(Files.exists(copy));
    assertSays("is there already", office.expect(7, ana, "vault", "create", VAULT));
    assertEquals(
        1, office.succeed(ana, "vault", "list", "--json").out().split("vaultId", -1).length - 1);
    assertHolds(ana, "/a.txt", new byte[] {1});
  }

  @Test
  @Tag("M03")
  void aWrongPassphrase() throws IOException {
    put("a.txt", new byte[] {1});
    Path secret = ana.directory().resolve("passphrase");
    String right = Files.readString(secret);
    Files.writeString(secret, "of somebody else, quite wrong\n");
    Answer refused = office.expect(11, ana, "ls", VAULT + ":/");
    assertSays("passphrase", refused);
    assertFalse(refused.err().contains("quite wrong"), refused.err());
    Files.writeString(secret, right);
    assertHolds(ana, "/a.txt", new byte[] {1});
  }

  @Test
  @Tag("A01")
  void aDamagedKeystoreIsNotReplaced() throws IOException {
    Path keystore = only(ana.home(), "keystore");
    byte[] whole = Files.readAllBytes(keystore);
    byte[] changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    for (byte[] bad : List.of(changed, Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      Files.write(keystore, bad);
      office.expect(11, ana, "ls", VAULT + ":/");
      assertArrayEquals(bad, Files.readAllBytes(keystore));
    }
    Files.write(keystore, whole);
    office.succeed(ana, "ls", VAULT + ":/");
  }

  private static Path only(Path root, String namePart) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> found =
          all.filter(Files::isRegularFile)
              .filter(path -> path.getFileName().toString().contains(namePart))
              .toList();
      assertEquals(1, found.size(), found.toString());
      return found.getFirst();
    }
  }

  @Test
  void aFileThatCannotBeRead() throws IOException {
    Path unreadable = Path.of("/proc/self/mem");
    assumeTrue(Files.exists(unreadable), "no file that nobody can read");
    Path good = Office.file(ana, "bom.txt", new byte[] {3});
    Answer partly =
        office.expect(3, ana, "put", unreadable.toString(), good.toString(), VAULT + ":/");
    assertSays("mem", partly);
    assertHolds(ana, "/bom.txt", new byte[] {3});
  }

  @Test
  void aFileThatGrowsWhileItIsRead() throws Exception {
    Path file = Office.file(ana, "cresce.bin", new byte[40 << 20]);
    Thread writer = Thread.ofVirtual().start(() -> appendUntilInterrupted(file));
    Answer changed;
    try {
      changed = ana.run("put", file.toString(), VAULT + ":/");
    } finally {
      writer.interrupt();
      writer.join();
    }
    assertEquals(11, changed.exit(), changed.err());
    assertSays("changed while it was read", changed);
    assertFalse(office.succeed(ana, "ls", VAULT + ":/").out().contains("cresce.bin"));
  }

  private static void appendUntilInterrupted(Path file) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        Thread.sleep(5);
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void patternsThatAreNotComplete() throws IOException {
    put("a.txt", new byte[] {1});
    assertSays("put a \\ before them", office.expect(2, ana, "find", VAULT, "[a"));
    assertSays("não está completo", office.expect(2, ana, "find", VAULT, "{a", "--lang", "pt"));
    office.expect(2, ana, "ls", VAULT + ":/[a");
    office.expect(2, ana, "rm", VAULT + ":/[a", "--yes");
    assertHolds(ana, "/a.txt", new byte[] {1});
  }

  @Test
  void invitationsThatAreUsedOrExpired() throws IOException {
    String link = office.succeed(ana, "invite", "rui@example.com", "--json").field("link");
    Actor rui = office.actor("Rui Costa");
    office.succeed(rui, "join", link, "--name", "Rui Costa", "--email", "rui@example.com");
    Actor other = office.actor("Eva Dias");
    assertSays(
        "invitation",
        office.expect(5, other, "join", link, "--name", "Eva Dias", "--email", "eva@example.com"));
    String late =
        office.succeed(ana, "invite", "eva@example.com", "--expires", "1d", "--json").field("link");
    clock.advance(Duration.ofDays(2));
    assertSays(
        "invitation",
        office.expect(5, other, "join", late, "--name", "Eva Dias", "--email", "eva@example.com"));
    String inTime = office.succeed(ana, "invite", "eva@example.com", "--json").field("link");
    office.succeed(other, "join", inTime, "--name", "Eva Dias", "--email", "eva@example.com");
    assertFalse(office.succeed(ana, "member", "list").out().contains("expired"));
  }

  @Test
  void aViewerWhoWrites() throws IOException {
    put("a.txt", new byte[] {1});
    Actor rui = office.member(ana, "Rui Costa", "viewer");
    office.succeed(ana, "ls", VAULT + ":/");
    Path his = Office.file(rui, "a.txt", new byte[] {2});
    office.expect(5, rui, "put", his.toString(), VAULT + ":/");
    office.expect(5, rui, "rm", VAULT + ":/a.txt", "--yes");
    office.expect(5, rui, "mv", VAULT + ":/a.txt", VAULT + ":/b.txt");
    assertHolds(rui, "/a.txt", new byte[] {1});
  }

  @Test
  void aMemberWhoWasRemoved() throws IOException {
    Actor rui = office.member(ana, "Rui Costa", "editor");
    put("a.txt", new byte[] {1});
    office.succeed(rui, "ls", VAULT + ":/");
    office.succeed(ana, "member", "remove", "Rui Costa", "--yes");
    Path copy = rui.directory().resolve("copy");
    Answer refused = office.expect(5, rui, "get", VAULT + ":/a.txt", copy.toString());
    assertSays("you were removed from the team, or this device was revoked", refused);
    assertSays("Ask an owner or admin", refused);
    assertSays("clock", refused);
    assertSays("retirado da equipa", office.expect(5, rui, "ls", VAULT + ":/", "--lang", "pt"));
    assertFalse(Files.exists(copy));
  }

  @Test
  void aRoleThatHasEnded() throws IOException {
    Actor rui = office.member(ana, "Rui Costa", "editor");
    put("a.txt", new byte[] {1});
    office.succeed(rui, "ls", VAULT + ":/");
    String id = office.succeed(ana, "vault", "show", VAULT, "--json").field("vaultId");
    office.succeed(ana, "vault", "revoke", VAULT, "Rui Costa", "--yes");
    Path copy = rui.directory().resolve("copy");
    for (String vault : List.of(VAULT, id)) {
      Answer refused = office.expect(5, rui, "get", vault + ":/a.txt", copy.toString());
      assertSays("Your access to this vault has ended", refused);
    }
    office.expect(5, rui, "put", copy.resolveSibling("passphrase").toString(), VAULT + ":/");
    office.expect(4, rui, "ls", "Nada:/");
    assertFalse(Files.exists(copy));
    office.succeed(ana, "vault", "grant", VAULT, "Rui Costa", "--role", "viewer", "--yes");
    assertHolds(rui, "/a.txt", new byte[] {1});
  }

  @Test
  @Tag("L06")
  @Tag("L13")
  void aNameThatSpeaksToTheTerminal() throws IOException {
    Path escape = Office.file(ana, "\u001b]0;x\u0007.txt", new byte[] {1});
    Answer refused = office.expect(11, ana, "put", escape.toString(), VAULT + ":/");
    assertSays("a vault cannot hold a file of this name", refused);
    assertFalse(refused.err().contains("stands in the way"), refused.err());
    assertShowsNothingDangerous(refused);
    put("\u202Egpj.txt", new byte[] {1});
    Answer listed = office.succeed(ana, "ls", VAULT + ":/");
    assertTrue(listed.out().contains("\\x{202E}"), listed.out());
    assertShowsNothingDangerous(listed);
  }

  private static void assertShowsNothingDangerous(Answer answer) {
    String shown = answer.out() + answer.err();
    assertTrue(shown.chars().noneMatch(c -> c == 0x1b || c == 7 || c == 0x202e), shown);
  }

  /// Somebody changed a byte on the server's disk.
  @Test
  @Tag("C01")
  @Tag("C15")
  void aBlobThatWasChanged() throws IOException {
    byte[] content = random(300_000);
    put("a.bin", content);
    Path blob = only(office.objects(ana), "1");
    byte[] whole = Files.readAllBytes(blob);
    for (int at : List.of(0, 24, 56, whole.length / 2)) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(blob, changed);
      assertSays("Nothing was written", assertNothingArrives(12));
    }
    Files.write(blob, whole);
    assertHolds(ana, "/a.bin", content);
  }

  /// The server's disk lost bytes: it notices, and says that it is its own trouble.
  @Test
  void aBlobThatTheServerHasLost() throws IOException {
    byte[] content = random(300_000);
    put("a.bin", content);
    Path blob = only(office.objects(ana), "1");
    byte[] whole = Files.readAllBytes(blob);
    for (int length : List.of(0, 24, 56, 56 + SEALED_CHUNK, whole.length / 2)) {
      Files.write(blob, Arrays.copyOf(whole, length));
      assertSays("tell whoever runs the server", assertNothingArrives(10));
    }
    Files.delete(blob);
    assertSays("tell whoever runs the server", assertNothingArrives(10));
    Files.write(blob, whole);
    assertHolds(ana, "/a.bin", content);
  }

  /// The server says that the blob is shorter than it was, or not there at all.
  @Test
  @Tag("C03")
  void aBlobThatTheServerWithholds() throws Exception {
    byte[] content = random(300_000);
    put("a.bin", content);
    String vault = office.succeed(ana, "vault", "show", VAULT, "--json").field("vaultId");
    byte[] id = Operator.bytes(vault);
    try (Operator operator = Operator.of(office.data())) {
      Map<String, Object> row =
          operator.select("SELECT * FROM blob WHERE vault = ?", id).getFirst();
      long whole = (Long) row.get("length");
      for (long length :
          List.of(1L, 24L, 56L, 57L, 56L + SEALED_CHUNK, 56L + 2 * SEALED_CHUNK, whole - 1)) {
        operator.run("UPDATE blob SET length = ? WHERE vault = ?", length, id);
        assertSays("tampered", assertNothingArrives(12));
      }
      operator.run("DELETE FROM blob WHERE vault = ?", id);
      assertSays("does not have the content", assertNothingArrives(12));
      assertTrue(office.succeed(ana, "ls", VAULT + ":/").out().contains("a.bin"));
      operator.insert("blob", row);
    }
    assertHolds(ana, "/a.bin", content);
  }

  private Answer assertNothingArrives(int exit) throws IOException {
    Path directory = Files.createTempDirectory(ana.directory(), "none");
    Answer answer =
        office.expect(exit, ana, "get", VAULT + ":/a.bin", directory.resolve("copy").toString());
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    }
    return answer;
  }

  private static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }
}
