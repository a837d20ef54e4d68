package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.transfer.Downloader.Existing;
import dev.cofre.client.transfer.Uploader.Result;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
  private static final Instant TIME = Instant.parse("2026-03-01T14:05:00Z");
  private final RandomSource random = RandomSource.system();
  private final TeamId team = new TeamId(random.bytes(32));
  private final VaultId vault = new VaultId(random.bytes(32));
  private final MemoryBlobs blobs = new MemoryBlobs();
  private final AtomicLong moved = new AtomicLong();

  @TempDir Path directory;

  private Path file(String name, int length) throws Exception {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return Files.write(directory.resolve(name), content);
  }

  private List<Result> upload(Path... files) throws Exception {
    List<Source> sources =
        Stream.of(files).map(f -> new Source(f, new FileId(random.bytes(16)))).toList();
    List<Result> results = new ArrayList<>();
    new Uploader(blobs.server(), team, vault, random, moved::addAndGet)
        .upload(sources, results::add);
    return results;
  }

  private Uploaded stored(Path file) throws Exception {
    return assertInstanceOf(Result.Stored.class, upload(file).getFirst()).content();
  }

  private static Blob blob(Uploaded up) {
    return new Blob(up.file(), up.blob(), up.contentKey(), up.length(), up.hash());
  }

  private void fetch(Uploaded up, Path target, Existing existing) throws Exception {
    new Downloader(blobs.server(), team, vault, moved::addAndGet)
        .fetch(blob(up), target, TIME, existing);
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1015, 1016, 1017, 16 * 1024, 900_000, 1 << 20, 9_000_000, 20_000_000})
  void bringsTheSameBytesBack(int length) throws Exception {
    Path file = file("clientes.xlsx", length);
    Uploaded up = stored(file);
    Path copy = directory.resolve("copy");
    fetch(up, copy, Existing.KEEP);
    assertEquals(-1, Files.mismatch(file, copy));
    assertEquals(TIME, Files.getLastModifiedTime(copy).toInstant());
    assertEquals(Hashes.sha256(Files.readAllBytes(file)), up.hash());
    assertEquals(2L * length, moved.get());
    assertEquals(blobs.blobs.get(up.blob()).length, up.sealedLength());
  }

  @Test
  void sendsSmallFilesTogetherAndReportsTheUnreadableOne() throws Exception {
    Path missing = directory.resolve("missing");
    List<Result> results = upload(file("a", 10), missing, file("b", 2000), file("c", 3_000_000));
    assertEquals(3, results.stream().filter(Result.Stored.class::isInstance).count());
    Result failed =
        results.stream().filter(Result.Failed.class::isInstance).findFirst().orElseThrow();
    assertEquals(missing, ((Result.Failed) failed).source().path());
    assertEquals(3, blobs.blobs.size());
  }

  @Test
  @Tag("K03")
  void sealsTheSameFileTwiceIntoUnrelatedBytes() throws Exception {
    Path file = file("a", 5000);
    byte[] one = blobs.blobs.get(stored(file).blob());
    byte[] other = blobs.blobs.get(stored(file).blob());
    assertEquals(one.length, other.length);
    int same = 0;
    for (int i = 0; i < one.length; i++) {
      same += one[i] == other[i] ? 1 : 0;
    }
    assertTrue(same < one.length / 50, same + " bytes alike");
  }

  @Test
  void goesOnWhereABrokenConnectionLeftIt() throws Exception {
    Path file = file("a", 300_000);
    Uploaded up = stored(file);
    blobs.cutsLeft = 12;
    blobs.cutAfter = 30_000;
    Path copy = directory.resolve("copy");
    fetch(up, copy, Existing.KEEP);
    assertEquals(-1, Files.mismatch(file, copy));
  }

  @Test
  void givesUpWhenNothingArrivesAnyMoreAndLeavesNothing() throws Exception {
    Uploaded up = stored(file("a", 300_000));
    blobs.cutsLeft = 100;
    blobs.cutAfter = 0;
    assertThrows(Unreachable.class, () -> fetch(up, directory.resolve("copy"), Existing.KEEP));
    assertEquals(List.of("a"), names());
  }

  @ParameterizedTest
  @Tag("C01")
  @Tag("C15")
  @ValueSource(ints = {0, 24, 56, 16_000, -1})
  void leavesNothingOfABlobWithAChangedByte(int at) throws Exception {
    Uploaded up = stored(file("a", 50_000));
    byte[] bytes = blobs.blobs.get(up.blob());
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    assertThrows(Tampered.class, () -> fetch(up, directory.resolve("copy"), Existing.KEEP));
    assertEquals(List.of("a"), names());
  }

  @ParameterizedTest
  @Tag("C03")
  @ValueSource(ints = {0, 1, 55, 56, 57, 16_455, 16_456, 16_457, 32_856, 40_000, 49_256, -16, -1})
  void leavesNothingOfATruncatedBlob(int length) throws Exception {
    Uploaded up = stored(file("a", 50_000));
    byte[] whole = blobs.blobs.get(up.blob());
    byte[] cut = Arrays.copyOf(whole, length < 0 ? whole.length + length : length);
    blobs.blobs.put(up.blob(), cut);
    assertThrows(Tampered.class, () -> fetch(up, directory.resolve("copy"), Existing.KEEP));
    assertEquals(List.of("a"), names());
  }

  /// The connection breaks, and what is given from there on ends early, is too long, or belongs to another content.
  @ParameterizedTest
  @Tag("C03")
  @Tag("C16")
  @ValueSource(ints = {32_856, 32_857, 40_000, 49_256, -1, 1, 0})
  void leavesNothingOfAContentWhoseRestIsNotItsOwn(int length) throws Exception {
    Uploaded up = stored(file("a", 50_000));
    byte[] other = blobs.blobs.get(stored(file("b", 50_000)).blob());
    blobs.cutsLeft = 1;
    blobs.cutAfter = 32_856;
    blobs.resumed =
        whole ->
            length == 0 ? other : Arrays.copyOf(whole, length > 1 ? length : whole.length + length);
    assertThrows(Tampered.class, () -> fetch(up, directory.resolve("copy"), Existing.KEEP));
    assertEquals(List.of("a", "b"), names());
  }

  @Test
  @Tag("C08")
  void takesNoOtherBlobForIt() throws Exception {
    Uploaded up = stored(file("a", 50_000));
    Uploaded other = stored(file("b", 50_000));
    blobs.blobs.put(up.blob(), blobs.blobs.get(other.blob()));
    assertThrows(Tampered.class, () -> fetch(up, directory.resolve("copy"), Existing.KEEP));
    Blob swapped =
        new Blob(up.file(), other.blob(), other.contentKey(), other.length(), other.hash());
    Downloader downloader = new Downloader(blobs.server(), team, vault, _ -> {});
    assertThrows(Tampered.class, () -> downloader.verify(swapped));
  }

  @Test
  @Tag("E12")
  void tellsALostBlobFromATamperedOne() throws Exception {
    Uploaded up = stored(file("a", 100));
    blobs.blobs.clear();
    Refused refused =
        assertThrows(Refused.class, () -> fetch(up, directory.resolve("copy"), Existing.KEEP));
    assertEquals(404, refused.status());
  }

  @Test
  @Tag("L04")
  void replacesAFileOnlyWhenTold() throws Exception {
    Uploaded up = stored(file("a", 100));
    Path other = file("b", 7);
    byte[] before = Files.readAllBytes(other);
    LocalState refused = assertThrows(LocalState.class, () -> fetch(up, other, Existing.KEEP));
    assertEquals(LocalState.Kind.FILE, refused.kind());
    assertArrayEquals(before, Files.readAllBytes(other));
    fetch(up, other, Existing.REPLACE);
    assertEquals(-1, Files.mismatch(directory.resolve("a"), other));
    assertEquals(List.of("a", "b"), names());
  }

  @Test
  void deletesWhatAKilledFetchLeft() throws Exception {
    Uploaded up = stored(file("a", 5000));
    Files.write(directory.resolve(".cofre-1.part"), new byte[100]);
    fetch(up, directory.resolve("copy"), Existing.KEEP);
    assertEquals(List.of("a", "copy"), names());
  }

  @Test
  void leavesAloneWhatSomebodyElseIsFetching() throws Exception {
    Uploaded up = stored(file("a", 5000));
    Path theirs = Files.write(directory.resolve(".cofre-1.part"), new byte[100]);
    try (FileChannel channel = FileChannel.open(theirs, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      fetch(up, directory.resolve("copy"), Existing.KEEP);
    }
    assertEquals(List.of(".cofre-1.part", "a", "copy"), names());
  }

  @Test
  void givesTheUploadUpWhenAPartDoesNotArrive() throws Exception {
    blobs.refusedPart = 2;
    Path file = file("a", 20_000_000);
    assertThrows(Unreachable.class, () -> upload(file));
    assertEquals(1, blobs.aborted.size());
    assertTrue(blobs.blobs.isEmpty());
  }

  @Test
  @Tag("M03")
  void printsNoKey() throws Exception {
    Uploaded up = stored(file("a", 100));
    String key = Bytes.of(up.contentKey().toArray()).hex();
    assertTrue(!(up.toString() + blob(up)).contains(key));
    assertTrue(up.toString().contains(up.blob().hex()));
  }
}
