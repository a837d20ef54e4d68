package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.remote.Server;
import dev.cofre.client.transfer.Downloader.Existing;
import dev.cofre.client.transfer.Uploader.Result;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else may write where a file is to go, and has put links there, before or meanwhile.
@Tag("L02")
class PlantedLinkTest {
  private static final Instant TIME = Instant.parse("2026-03-01T14:05:00Z");

  private final RandomSource random = RandomSource.system();
  private final TeamId team = new TeamId(random.bytes(32));
  private final VaultId vault = new VaultId(random.bytes(32));
  private final MemoryBlobs blobs = new MemoryBlobs();

  @TempDir private Path work;
  @TempDir private Path outside;
  @TempDir private Path source;
  private List<Blob> stored = List.of();

  @BeforeEach
  void store() throws Exception {
    Path file = Files.write(source.resolve("a"), new byte[50_000]);
    List<Blob> found = new ArrayList<>();
    new Uploader(blobs.server(), team, vault, random, _ -> {})
        .upload(
            List.of(new Source(file, new FileId(random.bytes(16)))),
            result -> {
              Uploaded up = ((Result.Stored) result).content();
              found.add(new Blob(up.file(), up.blob(), up.contentKey(), up.length(), up.hash()));
            });
    stored = found;
  }

  private void fetch(Server server, Path target, Existing existing) throws CofreException {
    new Downloader(server, team, vault, _ -> {})
        .fetch(stored.getFirst(), work, target, TIME, existing);
  }

  private List<Path> left(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aLinkInPlaceOfTheFileIsNotFollowed() throws Exception {
    Path victim = Files.write(outside.resolve("victim"), new byte[] {7});
    for (Path to : List.of(victim, outside.resolve("not there yet"))) {
      Path target = work.resolve("a");
      Files.createSymbolicLink(target, to);
      assertThrows(LocalState.class, () -> fetch(blobs.server(), target, Existing.KEEP));
      fetch(blobs.server(), target, Existing.REPLACE);
      assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
      Files.delete(target);
    }
    assertEquals(List.of(victim), left(outside));
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(victim));
  }

  @Test
  void aHardLinkInPlaceOfTheFileKeepsItsOther() throws Exception {
    Path victim = Files.write(outside.resolve("victim"), new byte[] {7});
    Path target = Files.createLink(work.resolve("a"), victim);
    assertThrows(LocalState.class, () -> fetch(blobs.server(), target, Existing.KEEP));
    fetch(blobs.server(), target, Existing.REPLACE);
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(victim));
  }

  /// The path was looked at, then a directory on it became a link, then the file is made.
  @Test
  void aDirectoryThatBecameALinkSinceItWasLookedAtIsNotFollowed() throws Exception {
    Files.createDirectory(work.resolve("d"));
    Path target = LocalNames.resolve(work, "d/a");
    Files.delete(work.resolve("d"));
    Files.createSymbolicLink(work.resolve("d"), outside);
    assertThrows(LocalState.class, () -> fetch(blobs.server(), target, Existing.KEEP));
    assertThrows(LocalState.class, () -> fetch(blobs.server(), target, Existing.REPLACE));
    assertEquals(List.of(), left(outside));
  }

  /// The same in the middle of the transfer, once as a link and once as another directory of that name.
  @Test
  void aDirectoryThatIsSwappedDuringTheTransferGetsNothing() throws Exception {
    for (boolean link : new boolean[] {true, false}) {
      Path directory = Files.createDirectory(work.resolve("d" + link));
      Path target = LocalNames.resolve(work, "d" + link + "/a");
      Path away = source.resolve("away" + link);
      Server server =
          before(
              "blob",
              () -> {
                Files.move(directory, away);
                if (link) {
                  Files.createSymbolicLink(directory, outside);
                } else {
                  Files.createDirectory(directory);
                }
              });
      assertThrows(LocalState.class, () -> fetch(server, target, Existing.KEEP));
      assertEquals(List.of(), left(outside));
      assertTrue(Files.notExists(away.resolve("a")));
    }
  }

  private interface Meanwhile {
    void happens() throws IOException;
  }

  /// The server, and something that happens on this machine just before it answers.
  private Server before(String call, Meanwhile meanwhile) {
    Server server = blobs.server();
    return (Server)
        Proxy.newProxyInstance(
            Server.class.getClassLoader(),
            new Class<?>[] {Server.class},
            (_, method, arguments) -> {
              if (method.getName().equals(call)) {
                try {
                  meanwhile.happens();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// A fetched file is its owner's, and nothing to run, whatever it is called.
  @Test
  @Tag("L05")
  void aFetchedFileCannotBeRunAndIsItsOwners() throws Exception {
    for (String name : List.of("a.sh", "a.desktop", "a.exe", ".htaccess", "a.command")) {
      Path target = work.resolve(name);
      fetch(blobs.server(), target, Existing.KEEP);
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }
  }
}
