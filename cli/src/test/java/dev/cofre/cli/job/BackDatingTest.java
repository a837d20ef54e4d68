package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.vault.Commit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An editor whose access has ended, who still has his keys, together with the server: they write into the past. Ana, who ended it, and
/// Eva, who hears of it now or later, take nothing of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackDatingTest {
  private static final byte[] LATE = {6, 6, 6};
  private static final String RUI = "Rui Costa";

  private Cable cable;
  private Office office;
  private Actor ana;
  private Actor rui;
  private Actor eva;
  private String team;
  private String vault;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    cable = Cable.lay();
    office = Office.behind(cable, directory);
  }

  @BeforeEach
  void begin() throws IOException {
    ana = office.owner();
    rui = office.member(ana, RUI, "editor");
    eva = office.member(ana, "Eva Dias", "editor");
    team = office.succeed(ana, "team", "show", "--json").field("teamId");
    vault = office.succeed(ana, "vault", "show", VAULT, "--json").field("vaultId");
    put(ana, "a.txt", new byte[] {1});
    office.succeed(eva, "ls", VAULT + ":/");
  }

  @AfterAll
  void close() throws IOException {
    office.close();
    cable.close();
  }

  private void put(Actor actor, String name, byte[] content) throws IOException {
    office.succeed(actor, "put", Office.file(actor, name, content).toString(), VAULT + ":/");
  }

  private String ruisDevice() {
    return office.succeed(rui, "whoami", "--json").field("deviceId");
  }

  /// The ways in which a right to write ends.
  enum End {
    MEMBERSHIP,
    ROLE,
    LOWERED_ROLE,
    DEVICE
  }

  private void end(End end) {
    switch (end) {
      case MEMBERSHIP -> office.succeed(ana, "member", "remove", RUI, "--yes");
      case ROLE -> office.succeed(ana, "vault", "revoke", VAULT, RUI, "--yes");
      case LOWERED_ROLE ->
          office.succeed(ana, "vault", "grant", VAULT, RUI, "--role", "viewer", "--yes");
      case DEVICE -> office.succeed(ana, "device", "revoke", ruisDevice(), "--yes");
    }
  }

  /// He signed it before, and they kept it until he was gone.
  @ParameterizedTest
  @EnumSource(End.class)
  void aCommitKeptBackUntilHeWasGone(End end) throws Exception {
    try (Operator operator = Operator.of(office.data())) {
      if (end == End.DEVICE) {
        office.anotherDevice(rui, RUI); // a member's last device cannot be revoked
      }
      put(rui, "tarde.txt", LATE);
      Operator.Taken his = operator.take(vault);
      end(end);
      operator.put(his);
      assertRefused(ana);
      assertRefused(eva);
      operator.take(vault);
      assertGoesOn(ana);
    }
  }

  /// He signs it now, with a team head from before, upon what Ana wrote since; and once more with the true one.
  @Test
  void aCommitUponWhatCameAfter() throws Exception {
    try (Operator operator = Operator.of(office.data())) {
      put(rui, "tarde.txt", LATE);
      Operator.Taken his = operator.take(vault);
      end(End.MEMBERSHIP);
      put(ana, "b.txt", new byte[] {2});
      for (Head claimed : List.of(his.commit().value().teamHead(), operator.teamHead(team))) {
        Signed<Commit> late =
            his.signedAgain(rui.home(), Office.passphrase(RUI), operator.head(vault), claimed);
        operator.put(his, late);
        assertAllRefused(ana);
        operator.take(vault);
      }
      assertGoesOn(ana);
    }
  }

  /// He signs it now for the place of the head that his removal names.
  @Test
  void aCommitInPlaceOfTheNamedHead() throws Exception {
    try (Operator operator = Operator.of(office.data())) {
      put(rui, "tarde.txt", LATE);
      Operator.Taken his = operator.take(vault);
      end(End.MEMBERSHIP);
      Actor fresh = office.anotherDevice(ana, "Ana Silva");
      Operator.Taken hers = operator.take(vault);
      Signed<Commit> late =
          his.signedAgain(
              rui.home(),
              Office.passphrase(RUI),
              operator.head(vault),
              his.commit().value().teamHead());
      operator.put(his, late);
      assertRefused(ana);
      assertRefused(eva);
      assertRefused(fresh);
      operator.take(vault);
      operator.put(hers);
      assertAllRefused(
          ana); // the server has shown two histories: no way back to the first one is forgiven
    }
  }

  /// The removal is hidden from Eva and from the server's own memory; Rui goes on as though nothing had happened, and she reads it. Once
  /// the removal has to be shown she is told, and Ana has never taken it.
  @Test
  void aRemovalThatIsHiddenForAWhile() throws Exception {
    office.succeed(rui, "ls", VAULT + ":/");
    end(End.MEMBERSHIP);
    Operator.Entry removal;
    try (Operator operator = Operator.of(office.data())) {
      removal = operator.hideLast(team);
    }
    office.restart();
    put(rui, "tarde.txt", LATE);
    Path read = eva.directory().resolve("read");
    office.succeed(eva, "get", VAULT + ":/tarde.txt", read.toString());
    assertArrayEquals(LATE, Files.readAllBytes(read));
    assertEquals(12, ana.run("ls", VAULT + ":/").exit());
    try (Operator operator = Operator.of(office.data())) {
      operator.show(removal);
      assertRefused(ana);
      assertAllRefused(eva);
      Answer told = assertRefused(eva);
      assertTrue(told.err().contains("evidence"), told.err());
      operator.take(vault);
      assertGoesOn(ana);
      assertRefused(eva);
    }
  }

  /// What somebody honest wrote who could not know is taken, and shown as what it is.
  @Test
  void anHonestCommitThatKnewNothingOfIt() throws Exception {
    try (Operator operator = Operator.of(office.data())) {
      put(eva, "eva.txt", new byte[] {3});
      Operator.Taken hers = operator.take(vault);
      end(End.MEMBERSHIP);
      operator.put(hers);
      Answer log = office.succeed(ana, "log", VAULT, "--json");
      assertTrue(log.out().lines().toList().getLast().contains("before-a-removal"), log.out());
      assertEquals(1, log.out().split("before-a-removal", -1).length - 1, log.out());
      Path copy = ana.directory().resolve("copy");
      office.succeed(ana, "get", VAULT + ":/eva.txt", copy.toString());
      assertArrayEquals(new byte[] {3}, Files.readAllBytes(copy));
      assertGoesOn(ana);
      office.succeed(eva, "verify", "--content");
    }
  }

  private Answer assertRefused(Actor actor) throws IOException {
    Path target = Files.createTempDirectory(actor.directory(), "late").resolve("copy");
    office.expect(12, actor, "get", VAULT + ":/tarde.txt", target.toString());
    assertFalse(Files.exists(target));
    Answer listed = office.expect(12, actor, "ls", VAULT + ":/");
    assertFalse(listed.out().contains("tarde"), listed.out());
    return listed;
  }

  /// Whatever one does with the vault.
  private void assertAllRefused(Actor actor) throws IOException {
    assertRefused(actor);
    Path target = actor.directory().resolve("nothing");
    Path own = Office.file(actor, "own.txt", new byte[] {4});
    office.expect(12, actor, "get", VAULT + ":/a.txt", target.toString());
    assertFalse(Files.exists(target));
    office.expect(12, actor, "history", VAULT + ":/tarde.txt");
    office.expect(12, actor, "log", VAULT);
    office.expect(12, actor, "verify", "--content");
    office.expect(12, actor, "put", own.toString(), VAULT + ":/");
    office.expect(12, actor, "mv", VAULT + ":/a.txt", VAULT + ":/b.txt");
  }

  /// As though it had never been there.
  private void assertGoesOn(Actor actor) throws IOException {
    put(actor, "depois.txt", actor.name().getBytes(StandardCharsets.UTF_8));
    Answer listed = office.succeed(actor, "ls", VAULT + ":/");
    assertTrue(listed.out().contains("a.txt"), listed.out());
    assertFalse(listed.out().contains("tarde"), listed.out());
  }
}
