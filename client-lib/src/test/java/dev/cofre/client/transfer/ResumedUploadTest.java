package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.replica.LocalSeal;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.UploadJournal;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.client.transfer.Uploader.Result;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Uploads that go on after an interruption. [MemoryBlobs] fails a test in which one part of one upload is sent with two contents.
class ResumedUploadTest {
  private static final int LENGTH = 20_000_000;
  private static final int PARTS = 3;

  private final RandomSource random = RandomSource.system();
  private final TeamId team = new TeamId(random.bytes(32));
  private final VaultId vault = new VaultId(random.bytes(32));
  private final FileId id = new FileId(random.bytes(16));
  private final SecretBytes localKey = random.secret(32);
  private final MemoryBlobs blobs = new MemoryBlobs();

  @TempDir Path directory;
  private Path home;
  private Path file;

  @BeforeEach
  void make() throws Exception {
    home = directory.resolve("home");
    Replica.create(
        home, new LocalSeal(localKey, random), List.of(), new Head(0, new Hash(random.bytes(32))));
    byte[] content = new byte[LENGTH];
    new Random(7).nextBytes(content);
    file = Files.write(directory.resolve("grande.bin"), content);
  }

  private VaultStore store() throws Exception {
    return Replica.open(home, new LocalSeal(localKey, random)).vault(vault);
  }

  /// As a process that has just started.
  private UploadJournal journal() throws Exception {
    return store().upload(file, "/grande.bin");
  }

  private Uploaded upload() throws Exception {
    List<Result> results = new ArrayList<>();
    new Uploader(blobs.server(), team, vault, random, _ -> {})
        .upload(List.of(new Source(file, id, Optional.of(journal()))), results::add);
    return assertInstanceOf(Result.Stored.class, results.getFirst()).content();
  }

  private void interruptAt(int part) {
    blobs.refusedPart = part;
    assertThrows(blobs.refusal.getClass(), this::upload);
    blobs.refusedPart = 0;
  }

  private void assertHolds(Uploaded up) throws Exception {
    Path copy = directory.resolve("copy");
    Blob blob = new Blob(up.file(), up.blob(), up.contentKey(), up.length(), up.hash());
    new Downloader(blobs.server(), team, vault, _ -> {})
        .fetch(blob, copy, Instant.EPOCH, Downloader.Existing.REPLACE);
    assertEquals(-1, Files.mismatch(file, copy));
  }

  private Path journalFile() throws Exception {
    try (Stream<Path> files = Files.list(home.resolve("state"))) {
      return files.filter(f -> f.toString().endsWith(".upload")).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void sendsOnlyWhatIsMissing(int part) throws Exception {
    interruptAt(part);
    assertTrue(blobs.aborted.isEmpty());
    int before = blobs.partsPut;
    Uploaded up = upload();
    assertEquals(PARTS, blobs.partsPut);
    assertTrue(before < PARTS);
    assertHolds(up);
  }

  /// A server in trouble, or full, is no reason to begin again.
  @ParameterizedTest
  @EnumSource(
      names = {
        "TOO_SLOW",
        "RATE_LIMITED",
        "UNEXPECTED",
        "UNAVAILABLE",
        "BUSY",
        "STORAGE_FULL",
        "TEAM_FULL"
      })
  void goesOnWhenWhatTheServerRefusedHasPassed(Problem problem) throws Exception {
    blobs.refusal = new Refused(problem.code(), problem.status(), "not now");
    sendsOnlyWhatIsMissing(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "ID_TAKEN", "NOT_ALLOWED"})
  void givesUpWhatTheServerRefusesForGood(Problem problem) {
    blobs.refusal = new Refused(problem.code(), problem.status(), "never");
    interruptAt(2);
    assertEquals(1, blobs.aborted.size());
  }

  @Test
  void sendsNothingAgainOfWhatIsCompleteAndWasNotCommitted() throws Exception {
    Uploaded first = upload();
    Uploaded again = upload();
    assertEquals(first.blob(), again.blob());
    assertEquals(first.hash(), again.hash());
    assertEquals(PARTS, blobs.partsPut);
    assertHolds(again);
  }

  @Test
  void beginsAgainOnceCommitted() throws Exception {
    Uploaded first = upload();
    journal().discard();
    assertNotEquals(first.blob(), upload().blob());
  }

  /// Even where time and place on the disk do not tell.
  @Test
  @Tag("C12")
  void sealsAChangedFileUnderAFreshKey() throws Exception {
    interruptAt(3);
    Bytes key = journal().begun().orElseThrow().key();
    FileTime time = Files.getLastModifiedTime(file);
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
      content.seek(100);
      content.write(content.read() ^ 1);
    }
    Files.setLastModifiedTime(file, time);
    Uploaded up = upload();
    assertNotEquals(key, Bytes.of(up.contentKey().toArray()));
    assertEquals(1, blobs.aborted.size());
    assertHolds(up);
  }

  @Test
  @Tag("C12")
  void sealsAFileOfAnotherTimeUnderAFreshKey() throws Exception {
    interruptAt(3);
    Bytes key = journal().begun().orElseThrow().key();
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T14:05:00Z")));
    assertNotEquals(key, Bytes.of(upload().contentKey().toArray()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 40, 200})
  void beginsAgainWhenWhatItRemembersWasCutOrChanged(int at) throws Exception {
    upload();
    Bytes key = journal().begun().orElseThrow().key();
    Path remembered = journalFile();
    byte[] whole = Files.readAllBytes(remembered);
    byte[] changed = whole.clone();
    changed[changed.length - 1 - at] ^= 1;
    Files.write(remembered, changed);
    assertNotEquals(key, Bytes.of(upload().contentKey().toArray()));
    key = journal().begun().orElseThrow().key();
    whole = Files.readAllBytes(journalFile());
    Files.write(journalFile(), Bytes.of(whole, 0, whole.length - 1 - at).toArray());
    assertNotEquals(key, Bytes.of(upload().contentKey().toArray()));
  }

  @Test
  void forgetsWhatNobodyWentOnWith() throws Exception {
    interruptAt(2);
    store().forgetUploads(Instant.EPOCH);
    assertTrue(Files.exists(journalFile()));
    Path remembered = journalFile();
    store().forgetUploads(Files.getLastModifiedTime(remembered).toInstant().plusSeconds(1));
    assertFalse(Files.exists(remembered));
  }

  @Test
  @Tag("M03")
  @Tag("L14")
  void printsNoKeyAndWritesNone() throws Exception {
    interruptAt(2);
    var begun = journal().begun().orElseThrow();
    assertFalse(begun.toString().contains(begun.key().hex()));
    assertFalse(Bytes.of(Files.readAllBytes(journalFile())).hex().contains(begun.key().hex()));
  }
}
