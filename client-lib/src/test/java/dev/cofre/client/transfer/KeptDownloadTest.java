package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.transfer.Downloader.Existing;
import dev.cofre.client.transfer.Uploader.Result;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Downloads of large contents in segments, and those that go on where an earlier one stopped.
class KeptDownloadTest {
  private static final int LENGTH = 20_000_000;
  private static final int SEGMENT = SegmentStream.SEGMENT;

  private final RandomSource random = RandomSource.system();
  private final TeamId team = new TeamId(random.bytes(32));
  private final VaultId vault = new VaultId(random.bytes(32));
  private final MemoryBlobs blobs = new MemoryBlobs();
  private final AtomicLong moved = new AtomicLong();

  @TempDir Path from;
  @TempDir Path to;

  private Path original;
  private Uploaded up;

  @BeforeEach
  void aLargeContent() throws Exception {
    original = from.resolve("original");
    byte[] bytes = new byte[LENGTH];
    new Random(1).nextBytes(bytes);
    Files.write(original, bytes);
    up = upload();
  }

  private Uploaded upload() throws Exception {
    List<Result> results = new ArrayList<>();
    new Uploader(blobs.server(), team, vault, random, _ -> {})
        .upload(List.of(new Source(original, new FileId(random.bytes(16)))), results::add);
    return assertInstanceOf(Result.Stored.class, results.getFirst()).content();
  }

  private void fetch(Uploaded which, Existing existing) throws Exception {
    Blob blob =
        new Blob(which.file(), which.blob(), which.contentKey(), which.length(), which.hash());
    new Downloader(blobs.server(), team, vault, moved::addAndGet)
        .fetch(blob, to, to.resolve("copy"), Instant.EPOCH, existing);
  }

  /// Gets as much as comes before some place, and gives what that left.
  private Path interruptedAt(long place) throws Exception {
    blobs.goneFrom = place;
    assertThrows(Unreachable.class, () -> fetch(up, Existing.KEEP));
    blobs.goneFrom = Long.MAX_VALUE;
    blobs.asked = 0;
    moved.set(0);
    return to.resolve(names().getFirst());
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(to)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void assertWhole() throws Exception {
    assertEquals(-1, Files.mismatch(original, to.resolve("copy")));
    assertEquals(LENGTH, moved.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {SEGMENT, SEGMENT + 1, 2 * SEGMENT, LENGTH})
  void onlyTheRestIsFetchedAgain(int place) throws Exception {
    Path kept = interruptedAt(place);
    assertEquals(".kept.part", kept.toString().substring(kept.toString().length() - 10));
    long have = Files.size(kept);
    assertTrue(have >= place / SEGMENT * SEGMENT - 200_000, () -> have + " bytes");
    fetch(up, Existing.KEEP);
    assertWhole();
    assertEquals(List.of("copy"), names());
    assertTrue(blobs.asked < up.sealedLength() - have + 20_000, () -> blobs.asked + " asked");
  }

  @Test
  void whatIsInterruptedIsKept() throws Exception {
    Thread fetching = Thread.currentThread();
    AtomicLong before = new AtomicLong();
    Blob blob = new Blob(up.file(), up.blob(), up.contentKey(), up.length(), up.hash());
    Downloader downloader =
        new Downloader(
            blobs.server(),
            team,
            vault,
            count -> {
              if (before.addAndGet(count) > SEGMENT) {
                fetching.interrupt();
              }
            });
    assertThrows(
        Unreachable.class,
        () -> downloader.fetch(blob, to, to.resolve("copy"), Instant.EPOCH, Existing.KEEP));
    assertTrue(Thread.interrupted());
    assertEquals(1, names().size());
    blobs.asked = 0;
    fetch(up, Existing.KEEP);
    assertWhole();
    assertTrue(blobs.asked < up.sealedLength() - SEGMENT + 20_000, () -> blobs.asked + " asked");
  }

  @Test
  void nothingIsKeptOfWhatNeverBegan() throws Exception {
    blobs.goneFrom = 0;
    assertThrows(Unreachable.class, () -> fetch(up, Existing.KEEP));
    assertEquals(List.of(), names());
  }

  /// Somebody else, or a power failure, has made it anything.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_375, 100_000, 30_000_000})
  void whateverIsThereTheContentIsRight(int length) throws Exception {
    Path kept = interruptedAt(2 * SEGMENT);
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(kept), length);
    if (length > 10_000) {
      bytes[10_000] ^= 1;
    }
    Files.write(kept, bytes);
    fetch(up, Existing.KEEP);
    assertWhole();
    assertEquals(List.of("copy"), names());
  }

  @Test
  @Tag("C01")
  void aServerThatChangedTheRestIsNotBelieved() throws Exception {
    interruptedAt(SEGMENT);
    byte[] bytes = blobs.blobs.get(up.blob());
    bytes[bytes.length - 1] ^= 1;
    assertThrows(Tampered.class, () -> fetch(up, Existing.KEEP));
    assertEquals(List.of(), names());
  }

  @Test
  @Tag("L02")
  void noLinkInItsPlaceIsFollowed() throws Exception {
    Path kept = interruptedAt(SEGMENT);
    Path other = Files.writeString(from.resolve("other"), "mine");
    Files.setPosixFilePermissions(other, Files.getPosixFilePermissions(kept));
    Files.delete(kept);
    Files.createSymbolicLink(kept, other);
    fetch(up, Existing.KEEP);
    assertWhole();
    Files.delete(to.resolve("copy"));
    Files.delete(kept);
    Files.createLink(kept, other);
    fetch(up, Existing.KEEP);
    assertEquals("mine", Files.readString(other));
    assertEquals(-1, Files.mismatch(original, to.resolve("copy")));
  }

  /// What others may read or write is none of ours.
  @Test
  void aFileOfOthersIsNotUsed() throws Exception {
    Path kept = interruptedAt(SEGMENT);
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-rw-rw-"));
    long size = Files.size(kept);
    fetch(up, Existing.KEEP);
    assertWhole();
    assertEquals(size, Files.size(kept));
  }

  @Test
  void anotherVersionBeginsByItself() throws Exception {
    Path kept = interruptedAt(SEGMENT);
    byte[] bytes = Files.readAllBytes(original);
    bytes[0] ^= 1;
    Files.write(original, bytes);
    Uploaded newer = upload();
    fetch(newer, Existing.KEEP);
    assertWhole();
    assertEquals(List.of(kept.getFileName().toString(), "copy"), names());
  }

  @Test
  void nothingStaysForWhoeverIsRefused() throws Exception {
    interruptedAt(SEGMENT);
    blobs.blobs.clear();
    assertThrows(Refused.class, () -> fetch(up, Existing.KEEP));
    assertEquals(List.of(), names());
  }

  @Test
  void twoAtOnceBothEndWell() throws Exception {
    interruptedAt(SEGMENT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(
            threads.submit(() -> {
              fetch(up, Existing.REPLACE);
              return up;
            }));
      }
      for (Future<?> each : both) {
        each.get();
      }
    }
    assertEquals(-1, Files.mismatch(original, to.resolve("copy")));
    assertEquals(List.of("copy"), names());
  }

  @Test
  void whatAnotherProcessWorksOnIsLeftToIt() throws Exception {
    Path kept = interruptedAt(SEGMENT);
    try (FileChannel theirs = FileChannel.open(kept, StandardOpenOption.WRITE)) {
      assertTrue(theirs.lock().isValid());
      fetch(up, Existing.KEEP);
      assertWhole();
      assertTrue(Files.exists(kept));
    }
  }

  @Test
  void whatNobodyGoesOnWithIsDeletedAfterAWeek() throws Exception {
    Instant now = Instant.now();
    Path old = Files.write(to.resolve(".cofre-1.kept.part"), new byte[1]);
    Path fresh = Files.write(to.resolve(".cofre-2.kept.part"), new byte[1]);
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(8))));
    Files.setLastModifiedTime(fresh, FileTime.from(now.minus(Duration.ofDays(6))));
    fetch(up, Existing.KEEP);
    assertEquals(List.of(fresh.getFileName().toString(), "copy"), names());
  }

  /// As a process leaves it that ends between the two.
  @Test
  void whatHasItsLastNameLosesTheOther() throws Exception {
    Path whole = Files.write(to.resolve("whole"), new byte[1]);
    Files.createLink(to.resolve(".cofre-1.kept.part"), whole);
    Downloader.tidyBeside(whole);
    assertEquals(List.of("whole"), names());
  }

  /// A segment that ends early ends the content; the last one may not be longer either.
  @ParameterizedTest
  @Tag("C03")
  @Tag("C04")
  @ValueSource(ints = {1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, LENGTH, -1})
  void leavesNothingOfABlobOfAnotherLength(int length) throws Exception {
    byte[] whole = blobs.blobs.get(up.blob());
    blobs.blobs.put(up.blob(), Arrays.copyOf(whole, length < 0 ? whole.length + 1 : length));
    assertThrows(Tampered.class, () -> fetch(up, Existing.KEEP));
    assertEquals(List.of(), names());
  }

  @Test
  @Tag("C05")
  void leavesNothingOfSegmentsInAnotherOrder() throws Exception {
    byte[] whole = blobs.blobs.get(up.blob());
    byte[] first = Arrays.copyOf(whole, SEGMENT);
    System.arraycopy(whole, SEGMENT, whole, 0, SEGMENT);
    System.arraycopy(first, 0, whole, SEGMENT, SEGMENT);
    assertThrows(Tampered.class, () -> fetch(up, Existing.KEEP));
    assertEquals(List.of(), names());
  }
}
