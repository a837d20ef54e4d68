package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.UnreadableFile;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.report.Content;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.VerifyReport;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server keeps back for a while what it has. That must cost nothing but the while.
@Hostile
class WithheldTest {
  private Company company;
  private Actor ana;
  private Actor eva;

  @TempDir Path directory;

  @BeforeEach
  void begin() throws Exception {
    company = Company.of(directory, "Ana");
    ana = company.founder();
    eva = company.member("Eva", VaultRole.EDITOR);
    ana.put("/a.txt", "first");
  }

  private static RevisionId revision(Actor actor, String path) throws CofreException {
    return actor.inVault(vault -> vault.at(path).orElseThrow().revision());
  }

  private List<UnreadableFile.Reason> reasons(Actor actor) throws CofreException {
    return actor.inVault(vault -> vault.unreadable().stream().map(UnreadableFile::reason).toList());
  }

  @Test
  void aRecordIsReadOnceItIsGiven() throws Exception {
    ana.put("/b.txt", "second");
    RevisionId withheld = revision(ana, "/b.txt");
    eva.line().withholdRecords(put -> put.revision().equals(withheld));
    assertEquals(List.of("/a.txt"), eva.list());
    assertEquals(List.of(UnreadableFile.Reason.WITHHELD), reasons(eva));
    eva.line().giveAll();
    assertEquals(List.of("/a.txt", "/b.txt"), eva.list());
    assertEquals("second", eva.read("/b.txt"));
    assertWhole(eva);
  }

  /// It has given the current version and asks to be believed that there was none before.
  @Test
  void anEarlierVersionIsSaidToBeWithheld() throws Exception {
    RevisionId earlier = revision(ana, "/a.txt");
    ana.put("/a.txt", "again");
    eva.line().withholdRecords(put -> put.revision().equals(earlier));
    RolledBack told =
        assertThrows(
            RolledBack.class,
            () ->
                eva.inVault(vault -> {
                  vault.read("/a.txt", Optional.of(1), java.io.OutputStream.nullOutputStream());
                  return vault;
                }));
    assertEquals(
        "the server does not give the record of this version, which it once took",
        told.getMessage());
    VerifyReport report = eva.inVault(vault -> vault.verify(Content.EVERY_BYTE, Progress.NONE));
    assertEquals(
        List.of(VerifyReport.Finding.Kind.MISSING),
        report.findings().stream().map(VerifyReport.Finding::kind).toList());
    eva.line().giveAll();
    assertWhole(eva);
  }

  /// Two files of one commit: one record comes with it, the other later.
  @Test
  void recordsOfOneCommitMayComeOneByOne() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.writeString(folder.resolve("1.txt"), "one");
    Files.writeString(folder.resolve("2.txt"), "two");
    Files.writeString(folder.resolve("3.txt"), "three");
    ana.inVault(vault -> vault.put(List.of(folder), "/", Progress.NONE));
    RevisionId one = revision(ana, "/folder/1.txt");
    RevisionId two = revision(ana, "/folder/2.txt");
    eva.line().withholdRecords(put -> put.revision().equals(one) || put.revision().equals(two));
    assertEquals(List.of("/a.txt", "/folder/3.txt"), eva.list());
    eva.line().withholdRecords(put -> put.revision().equals(one));
    assertEquals(List.of("/a.txt", "/folder/2.txt", "/folder/3.txt"), eva.list());
    eva.line().giveAll();
    assertEquals("one", eva.read("/folder/1.txt"));
    assertEquals("two", eva.read("/folder/2.txt"));
    assertWhole(eva);
  }

  @Test
  void otherBytesInItsPlaceAreRefusedAndNotRemembered() throws Exception {
    ana.put("/b.txt", "second");
    RevisionId withheld = revision(ana, "/b.txt");
    eva.line().withholdRecords(put -> put.revision().equals(withheld));
    assertEquals(List.of("/a.txt"), eva.list());
    eva.line().garbleRecords();
    eva.fails(Tampered.class, cofre -> cofre.vault(Actor.VAULT));
    eva.line().giveAll();
    assertEquals("second", eva.read("/b.txt"));
    assertWhole(eva);
  }

  @Test
  void wrapsMayComeLaterThanTheirRecords() throws Exception {
    eva.line().withholdWraps();
    eva.fails(NotFound.class, cofre -> cofre.vault(Actor.VAULT));
    eva.line().giveAll();
    assertEquals("first", eva.read("/a.txt"));
    assertWhole(eva);
  }

  /// Zoe is an owner and not in the vault. She had to follow its chain to remove somebody; that she could not read it then is no reason why she
  /// should not now.
  @Test
  void whoFollowedTheChainAloneReadsItOnceInTheVault() throws Exception {
    Actor rui = company.member("Rui", VaultRole.EDITOR);
    ana.put("/b.txt", "second");
    Actor zoe = company.member("Zoe", TeamRole.OWNER, Map.of());
    var removed = rui.member();
    zoe.run(cofre -> cofre.team().remove(removed, Set.of()));
    var granted = zoe.member();
    ana.inVault(vault -> {
      vault.grant(granted, VaultRole.EDITOR, Optional.empty());
      return vault;
    });
    assertEquals(List.of("/a.txt", "/b.txt"), zoe.list());
    assertEquals("second", zoe.read("/b.txt"));
    zoe.put("/c.txt", "third");
    assertEquals("third", eva.read("/c.txt"));
    assertWhole(zoe);
  }

  private static void assertWhole(Actor actor) throws CofreException {
    VerifyReport report = actor.inVault(vault -> vault.verify(Content.EVERY_BYTE, Progress.NONE));
    assertEquals(List.of(), report.findings());
    assertEquals(report.revisions(), report.records());
  }
}
