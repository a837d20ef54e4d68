package dev.cofre.client.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.cofre.client.failure.LocalState;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  private static final byte[] BEFORE = "before".getBytes(US_ASCII);
  private static final byte[] AFTER = new byte[200_000];

  @TempDir private Path directory;

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @Tag("L14")
  void areTheirOwnersWhateverWasThere() throws Exception {
    Path wide = Files.createDirectory(directory.resolve("wide"));
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxrwxrwx"));
    PrivateFiles.makeDirectory(wide);
    assertEquals("rwx------", mode(wide));
    Path nested = directory.resolve("a/b/c");
    PrivateFiles.makeDirectory(nested);
    for (Path each : List.of(nested, nested.getParent(), directory.resolve("a"))) {
      assertEquals("rwx------", mode(each));
    }
    Path file = wide.resolve("file");
    Files.write(file, BEFORE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    PrivateFiles.replace(file, AFTER);
    assertEquals("rw-------", mode(file));
    PrivateFiles.openForAppending(wide.resolve("log")).close();
    assertEquals("rw-------", mode(wide.resolve("log")));
  }

  @Test
  @Tag("L02")
  void followNoLinkWhenReadOrReplaced() throws Exception {
    Path victim = Files.write(directory.resolve("victim"), BEFORE);
    Path link = Files.createSymbolicLink(directory.resolve("link"), victim);
    assertThrows(LocalState.class, () -> PrivateFiles.read(link, 100));
    Path temporary = Files.createSymbolicLink(directory.resolve("link.new"), victim);
    PrivateFiles.replace(link, AFTER);
    assertArrayEquals(BEFORE, Files.readAllBytes(victim));
    assertEquals(Optional.of(AFTER.length), PrivateFiles.read(link, 1 << 20).map(b -> b.length));
    assertEquals(false, Files.exists(temporary, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  @Tag("L07")
  void readNoMoreThanTheyAreAskedFor() throws Exception {
    Path file = Files.write(directory.resolve("file"), AFTER);
    LocalState failure = assertThrows(LocalState.class, () -> PrivateFiles.read(file, 1000));
    assertEquals(LocalState.Kind.DAMAGED, failure.kind());
  }

  /// A disk that is full in the middle of a replacement keeps what was there, and no trace.
  @Test
  @Tag("L15")
  void keepWhatWasThereOnAFullDisk() throws Exception {
    Configuration small =
        Configuration.unix().toBuilder()
            .setSupportedFeatures(Feature.FILE_CHANNEL, Feature.LINKS)
            .setMaxSize(100_000)
            .setBlockSize(1000)
            .build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path home = Files.createDirectory(disk.getPath("/home"));
      Path file = home.resolve("file");
      PrivateFiles.replace(file, BEFORE);
      LocalState failure = assertThrows(LocalState.class, () -> PrivateFiles.replace(file, AFTER));
      assertEquals(LocalState.Kind.DISK_FULL, failure.kind());
      assertArrayEquals(BEFORE, Files.readAllBytes(file));
      assertEquals(List.of("file"), names(home));
      PrivateFiles.replace(file, new byte[50_000]);
    }
  }

  @Test
  @Tag("L15")
  void sayThatADirectoryCannotBeWritten() throws Exception {
    Path notADirectory = Files.write(directory.resolve("file"), BEFORE);
    Path inside = notADirectory.resolve("x");
    for (LocalState failure :
        List.of(
            assertThrows(LocalState.class, () -> PrivateFiles.replace(inside, AFTER)),
            assertThrows(LocalState.class, () -> PrivateFiles.makeDirectory(inside)),
            assertThrows(LocalState.class, () -> PrivateFiles.openForAppending(inside)))) {
      assertEquals(LocalState.Kind.FILE, failure.kind());
    }
    assertArrayEquals(BEFORE, Files.readAllBytes(notADirectory));
  }
}
