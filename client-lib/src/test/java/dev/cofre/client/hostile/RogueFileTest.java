package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.Category;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that nobody put: made by the server, which knows every public key. And files that a colleague made by hand.
@Hostile
class RogueFileTest {
  private final RandomSource random = RandomSource.system();

  @TempDir private Path directory;
  private Company company;
  private World world;
  private Actor ana;
  private Actor rui;
  private Actor eva;

  @BeforeEach
  void begin() throws Exception {
    company = Company.of(directory, "Ana");
    world = company.world();
    ana = company.founder();
    rui = company.member("Rui", VaultRole.EDITOR);
    eva = company.member("Eva", VaultRole.VIEWER);
    ana.put("/a.txt", "first");
    assertEquals(List.of("/a.txt"), eva.list());
  }

  private byte[] record(String path) {
    FileRecord.Facts facts =
        new FileRecord.Facts(
            new RecordPath(path),
            10,
            Instant.EPOCH,
            "",
            Category.GENERAL,
            Hash.ZERO,
            List.of(),
            PaddedFrame.sealedLength(10));
    try (SecretBytes key = random.secret(32);
        FileRecord record = FileRecord.of(facts, key)) {
      return record.encode();
    }
  }

  private void assertAlarmAndNothingNew(World lying) throws Exception {
    eva.line().show(lying);
    CofreException alarm = assertThrows(CofreException.class, eva::list);
    assertTrue(alarm instanceof Tampered || alarm instanceof Forked, alarm.toString());
    eva.line().show(world);
    if (alarm instanceof Tampered) {
      assertEquals(List.of("/a.txt"), eva.list());
    }
  }

  /// Sealed and wrapped so that every member could read it, by keys that the server made itself.
  @Test
  @Tag("A03")
  @Tag("D08")
  void oneThatTheServerMadeIsAnAlarm() throws Exception {
    try (Identity server = Identity.ofNewMember(random)) {
      for (RogueCommit.Author said :
          List.of(
              new RogueCommit.Author(server.member(), server.device()),
              new RogueCommit.Author(ana.member(), ana.device()),
              new RogueCommit.Author(ana.member(), server.device()),
              new RogueCommit.Author(server.member(), ana.device()))) {
        World lying = world.copy();
        lying
            .shelf(company.vault())
            .slip(new RogueCommit(world, company.vault()).of(server, said, record("/planted.txt")));
        assertAlarmAndNothingNew(lying);
      }
    }
  }

  /// What Ana signed, once more.
  @Test
  @Tag("A03")
  @Tag("D08")
  void oneThatIsReplayedIsAnAlarm() throws Exception {
    World lying = world.copy();
    Commits.Item old = world.shelf(company.vault()).page(ana.member(), 0, 500).commits().getLast();
    Head head = lying.shelf(company.vault()).head();
    lying
        .shelf(company.vault())
        .slip(
            new Commits.Append(old.commit(), old.records(), List.of(), List.of()),
            new Head(head.seq() + 1, head.hash()));
    assertAlarmAndNothingNew(lying);
  }

  /// By a viewer, who has every key that is needed to read.
  @Test
  @Tag("A03")
  void oneThatAViewerMadeIsAnAlarm() throws Exception {
    World lying = world.copy();
    Commits.Append forged =
        eva.misuse(identity ->
            new RogueCommit(world, company.vault()).of(identity, record("/planted.txt")));
    lying.shelf(company.vault()).slip(forged);
    rui.list();
    rui.line().show(lying);
    assertThrows(Tampered.class, rui::list);
  }

  private void commit(byte[] record) throws CofreException {
    Commits.Append made =
        rui.misuse(identity -> new RogueCommit(world, company.vault()).of(identity, record));
    world.shelf(company.vault()).append(world.state(), made);
  }

  private static byte[] layout(String path, long size, long blobLength) {
    return RogueCommit.layout(path, size, Bytes.zeros(32), blobLength);
  }

  /// An editor commits what opens and is no record, or one of a place or size that no file has. It hides nothing else.
  @Test
  @Tag("D09")
  @Tag("C17")
  @Tag("L01")
  void oneThatIsNoFileHidesNoOther() throws Exception {
    long max = Long.MAX_VALUE;
    List<byte[]> bad =
        List.of(
            new byte[] {},
            new byte[300],
            layout("/../evil.txt", 10, PaddedFrame.sealedLength(10)),
            layout("//", 10, PaddedFrame.sealedLength(10)),
            layout("/a\0b", 10, PaddedFrame.sealedLength(10)),
            layout("/e\u0301", 10, PaddedFrame.sealedLength(10)),
            layout("/x", max, max),
            layout("/x", max, PaddedFrame.sealedLength(10)),
            layout("/x", 1L << 51, 10),
            layout("/x", 0, max),
            FileRecord.encodeVaultName("not a file"));
    for (byte[] each : bad) {
      commit(each);
      assertEquals(List.of("/a.txt"), eva.list());
    }
    ana.put("/b.txt", "second");
    assertEquals(List.of("/a.txt", "/b.txt"), eva.list());
    assertEquals("first", eva.read("/a.txt"));
  }

  /// Paths that a record may have and that are no names on every machine: a folder of them is fetched, and nothing lands outside it.
  @Test
  @Tag("L01")
  @Tag("L03")
  void oneOfABadNameLandsNowhereElse() throws Exception {
    List<String> bad =
        List.of("..\\..\\evil.txt", "C:\\evil.txt", "NUL", "x\u202Egpj.exe", "nul .txt");
    for (String name : bad) {
      ana.put("/d/" + name, "bad");
    }
    ana.put("/d/good.txt", "good");
    Path target = Files.createDirectories(directory.resolve("t/target"));
    List<Outcome> outcomes = eva.inVault(vault -> vault.get(List.of("/d/"), target, Progress.NONE));
    assertEquals(bad.size(), outcomes.stream().filter(o -> o.failure().isPresent()).count());
    try (Stream<Path> files = Files.walk(directory.resolve("t"))) {
      assertEquals(
          List.of(target.resolve("good.txt")), files.filter(Files::isRegularFile).toList());
    }
  }
}
