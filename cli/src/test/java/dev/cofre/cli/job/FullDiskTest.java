package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.cli.terminal.Keyboard;
import dev.cofre.cli.terminal.Shell;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is fetched does not fit where it is to go.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {
  private static final int DISK = 6 << 20;

  private final byte[] content = new byte[3 << 20];
  private Office office;
  private Actor ana;
  private int people;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    new Random(9).nextBytes(content);
    office = Office.impatient(directory, InstantSource.system());
    ana = office.owner();
    office.succeed(ana, "put", Office.file(ana, "um.bin", content).toString(), VAULT + ":/d/");
    office.succeed(
        ana, "put", Office.file(ana, "dois.txt", new byte[9]).toString(), VAULT + ":/d/");
  }

  @AfterAll
  void close() {
    office.close();
  }

  @Test
  @Tag("L15")
  void aFileThatDoesNotFit() throws IOException {
    try (FileSystem disk = disk(Feature.LINKS)) {
      Actor rui = person(disk);
      Path other = fill(rui, content.length / 2);
      List<String> before = names(rui.directory());
      Answer full = office.expect(11, rui, "get", VAULT + ":/d/um.bin", "um.bin");
      assertSays("The disk is full", full);
      assertSays("um.bin", full);
      assertSays("Free some room and get it again", full);
      assertSays(
          "Liberte espaço",
          office.expect(11, rui, "get", VAULT + ":/d/um.bin", "um.bin", "--lang", "pt"));
      assertEquals(before, names(rui.directory()));
      Files.delete(other);
      office.succeed(rui, "get", VAULT + ":/d/um.bin", "um.bin");
      assertHasIt(rui);
    }
  }

  /// The small one fits: it is there, and the other is named.
  @Test
  @Tag("L15")
  void aFolderThatFitsInPart() throws IOException {
    try (FileSystem disk = disk(Feature.LINKS)) {
      Actor rui = person(disk);
      Path other = fill(rui, content.length / 2);
      Answer partly = office.expect(3, rui, "get", VAULT + ":/d/", ".");
      assertSays("um.bin: The disk is full", partly);
      assertFalse(names(rui.directory()).contains("um.bin"));
      Files.delete(other);
      Answer again = office.succeed(rui, "get", VAULT + ":/d/", ".", "--json");
      assertTrue(again.out().contains("\"unchanged\""), again.out());
      assertHasIt(rui);
    }
  }

  /// Not even what has been learnt of the vault can be kept; nothing that was kept is lost.
  @Test
  @Tag("L15")
  void aDiskWithoutAnyRoom() throws IOException {
    try (FileSystem disk = disk(Feature.LINKS)) {
      Actor rui = person(disk);
      Path other = fill(rui, 0);
      Path file = Office.file(ana, "tres.txt", new byte[] {3});
      office.succeed(ana, "put", file.toString(), VAULT + ":/");
      Answer full = office.expect(11, rui, "ls", VAULT + ":/");
      assertSays("The disk is full", full);
      assertSays("Make room", full);
      office.expect(11, rui, "get", VAULT + ":/d/um.bin", "um.bin");
      Files.delete(other);
      assertTrue(office.succeed(rui, "ls", VAULT + ":/").out().contains("tres.txt"));
      office.succeed(rui, "get", VAULT + ":/d/um.bin", "um.bin");
      assertHasIt(rui);
    }
  }

  /// Most memory sticks have no hard links.
  @Test
  void aMemoryStick() throws IOException {
    try (FileSystem disk = disk()) {
      Actor rui = person(disk);
      office.succeed(rui, "get", VAULT + ":/d/um.bin", "um.bin");
      assertHasIt(rui);
      office.expect(11, rui, "get", VAULT + ":/d/dois.txt", "um.bin");
      assertHasIt(rui);
    }
  }

  private Actor person(FileSystem disk) throws IOException {
    String name = "Rui" + ++people + " Costa";
    Actor rui = office.member(office.actor(name, disk.getPath("/rui")), ana, name, "viewer");
    office.succeed(ana, "ls", VAULT + ":/");
    office.succeed(rui, "ls", VAULT + ":/");
    return rui;
  }

  /// Takes all but so many bytes of the disk.
  private static Path fill(Actor actor, long left) throws IOException {
    Path other = actor.directory().resolve("other");
    long room = Files.getFileStore(actor.directory()).getUsableSpace() - left;
    return Files.write(other, new byte[(int) room]);
  }

  private void assertHasIt(Actor actor) throws IOException {
    assertArrayEquals(content, Files.readAllBytes(actor.directory().resolve("um.bin")));
    assertFalse(names(actor.directory()).toString().contains(".part"));
  }

  private static void assertSays(String words, Answer answer) {
    assertTrue(answer.err().contains(words), answer.err());
  }

  /// A real device, whose every write fails for want of room.
  @Test
  @Tag("L15")
  void standardOutput() throws IOException {
    Path device = Path.of("/dev/full");
    assumeTrue(Files.exists(device), "no such device here");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;
    try (FileOutputStream full = new FileOutputStream(device.toFile())) {
      Shell shell =
          new Shell(
              InputStream.nullInputStream(),
              new PrintStream(full, false, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              Keyboard.nobody(),
              Set.of(),
              Map.of(
                  "COFRE_HOME", ana.home().toString(),
                  "COFRE_PASSPHRASE_FILE", ana.directory().resolve("passphrase").toString()),
              ana.directory(),
              InstantSource.system(),
              ZoneId.systemDefault(),
              Locale.ENGLISH);
      exit = Main.run(new String[] {"get", VAULT + ":/d/um.bin", "-"}, shell);
    }
    String said = err.toString(StandardCharsets.UTF_8);
    assertEquals(11, exit, said);
    assertTrue(said.contains("Check the disk"), said);
  }

  private static FileSystem disk(Feature... features) {
    Configuration.Builder kind = Configuration.unix().toBuilder();
    Stream<Feature> all = Stream.concat(Stream.of(Feature.FILE_CHANNEL), Stream.of(features));
    return Jimfs.newFileSystem(
        kind.setSupportedFeatures(all.toArray(Feature[]::new)).setMaxSize(DISK).build());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
