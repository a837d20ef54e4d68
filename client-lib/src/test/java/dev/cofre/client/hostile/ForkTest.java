package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two members are shown different histories, and at last one of them sees some of the other's.
@Hostile
class ForkTest {
  private static final Codec<SignedBytes> CODEC = Codec.of(SignedBytes.class);

  private Company company;
  private Actor ana;
  private Actor eva;
  private World evas;
  private World anas;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    company = Company.of(directory, "Ana");
    ana = company.founder();
    eva = company.member("Eva", VaultRole.EDITOR);
    ana.put("/a.txt", "first");
    assertEquals(List.of("/a.txt"), eva.list());
    evas = company.world();
    anas = evas.copy();
    ana.line().show(anas);
  }

  @Test
  @Tag("E04")
  void ofTheTeamLogIsProvenByTheFirstEntriesThatDiffer() throws Exception {
    int fork = evas.log().size();
    for (int i = 0; i < 5; i++) {
      newVault(eva, "of Eva " + i);
      newVault(ana, "of Ana " + i);
    }
    eva.line().show(anas);
    eva.fails(Forked.class, cofre -> cofre.team().head());
    assertEvidence("team-" + fork, evas.log().get(fork).bytes(), anas.log().get(fork).bytes());
    assertRemembered();
  }

  /// Shorter than what she has seen, and different: that is not only a rollback.
  @Test
  @Tag("E04")
  void ofTheTeamLogIsProvenByAShorterOneToo() throws Exception {
    int fork = evas.log().size();
    newVault(eva, "of Eva 1");
    newVault(eva, "of Eva 2");
    newVault(ana, "of Ana");
    eva.line().show(anas);
    eva.fails(Forked.class, cofre -> cofre.team().head());
    assertEvidence("team-" + fork, evas.log().get(fork).bytes(), anas.log().get(fork).bytes());
    assertRemembered();
  }

  @Test
  @Tag("E04")
  void ofAVaultIsProvenByTheFirstCommitsThatDiffer() throws Exception {
    long fork = evas.shelf(company.vault()).head().seq() + 1;
    for (int i = 0; i < 3; i++) {
      eva.put("/eva" + i + ".txt", "of Eva");
      ana.put("/ana" + i + ".txt", "of Ana");
    }
    ana.put("/ana.txt", "one more");
    eva.line().show(anas);
    eva.fails(Forked.class, cofre -> cofre.vault(Actor.VAULT));
    assertVaultEvidence(fork, commit(evas, fork), commit(anas, fork));
    assertRemembered();
  }

  @Test
  @Tag("E04")
  void isProvenByACommitUponAnotherTeamLog() throws Exception {
    int fork = evas.log().size();
    newVault(eva, "of Eva");
    newVault(ana, "of Ana");
    ana.put("/b.txt", "second");
    long seq = anas.shelf(company.vault()).head().seq();
    eva.line().show(evas, anas);
    eva.fails(Forked.class, cofre -> cofre.vault(Actor.VAULT));
    assertVaultEvidence(seq, evas.log().get(fork).bytes(), commit(anas, seq));
    assertRemembered();
  }

  /// The log that Eva follows names the head of the vault that she never saw.
  @Test
  @Tag("E04")
  @Tag("E02")
  void isProvenByAHeadThatTheTeamLogNames() throws Exception {
    ana.line().show(evas);
    World other = evas.copy();
    eva.line().show(other);
    ana.put("/b.txt", "second");
    eva.put("/c.txt", "third");
    long seq = other.shelf(company.vault()).head().seq();
    company.member("Rui", VaultRole.VIEWER);
    eva.line().show(evas, other);
    eva.fails(Forked.class, cofre -> cofre.vault(Actor.VAULT));
    assertVaultEvidence(
        seq,
        evas.log().stream()
            .filter(entry -> entry.value().body().toString().startsWith("Invite["))
            .toList()
            .getLast()
            .bytes(),
        commit(other, seq));
    assertRemembered();
  }

  /// Nobody signed it: that is no fork, and the device goes on once it is shown what people signed.
  @Test
  @Tag("E04")
  void isNotProvenByWhatNobodySigned() throws Exception {
    newVault(eva, "of Eva");
    newVault(ana, "of Ana");
    ana.put("/b.txt", "second");
    eva.line().show(evas, anas);
    eva.line().forgeSignatures();
    eva.fails(Tampered.class, cofre -> cofre.vault(Actor.VAULT));
    eva.line().giveAll();
    eva.line().show(evas);
    assertEquals(List.of("/a.txt"), eva.list());
    assertFalse(Files.exists(eva.home().resolve("evidence")));
  }

  @Test
  @Tag("E01")
  void isNotProvenByARollback() throws Exception {
    World before = evas.copy();
    eva.put("/c.txt", "third");
    eva.line().show(before);
    eva.fails(RolledBack.class, cofre -> cofre.vault(Actor.VAULT));
    eva.line().show(evas);
    assertEquals(List.of("/a.txt", "/c.txt"), eva.list());
  }

  /// What is left of the device says who it is; another one begins anew.
  @Test
  void isLeftWithAKitInAnEmptyDirectory() throws Exception {
    String kit = company.kit(eva);
    World other = evas.copy();
    newVault(eva, "of Eva");
    ana.line().show(other);
    newVault(ana, "of Ana");
    eva.line().show(other);
    eva.fails(Forked.class, cofre -> cofre.team().head());
    assertEquals("Eva", eva.run(cofre -> cofre.whoAmI().memberName()));
    Actor again = company.restored("Eva", kit);
    assertEquals(List.of("/a.txt"), again.list());
  }

  private static void newVault(Actor actor, String name) throws CofreException {
    actor.run(cofre -> cofre.createVault(name).id());
  }

  private SignedBytes commit(World world, long seq) throws CofreException {
    return world.shelf(company.vault()).commits().get((int) seq - 1).bytes();
  }

  private void assertVaultEvidence(long seq, SignedBytes ours, SignedBytes theirs)
      throws Exception {
    String vault = company.vault().hex().substring(0, 16);
    assertEvidence("vault-" + vault + "-" + seq, ours, theirs);
  }

  private void assertEvidence(String name, SignedBytes ours, SignedBytes theirs) throws Exception {
    Path evidence = eva.home().resolve("evidence");
    assertEquals(ours, CODEC.decode(Files.readAllBytes(evidence.resolve(name + ".ours"))));
    assertEquals(theirs, CODEC.decode(Files.readAllBytes(evidence.resolve(name + ".theirs"))));
    assertNotEquals(ours, theirs);
  }

  /// Also when the server shows again what it showed first.
  private void assertRemembered() throws Exception {
    eva.line().show(evas);
    Forked told = eva.fails(Forked.class, cofre -> cofre.vault(Actor.VAULT));
    assertTrue(told.getMessage().contains(eva.home().resolve("evidence").toString()));
    assertTrue(told.hint().orElse("").contains("recovery kit"));
    eva.fails(Forked.class, cofre -> cofre.team().members());
    assertThrows(Forked.class, () -> eva.put("/b.txt", "of Eva"));
  }
}
