package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.VaultRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A right to write ends; the server hides that from one member, shows her what was written afterwards, and then has to own up.
@Hostile
class EndedRightTest {
  private Company company;
  private Actor ana;
  private Actor rui;
  private Actor eva;
  private World truth;
  private World hidden;

  /// The ways in which a right to write ends.
  enum End {
    MEMBERSHIP,
    ROLE,
    LOWERED_ROLE,
    DEVICE
  }

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    company = Company.of(directory, "Ana");
    ana = company.founder();
    rui = company.member("Rui", VaultRole.EDITOR);
    eva = company.member("Eva", VaultRole.EDITOR);
    ana.put("/a.txt", "first");
    assertEquals(List.of("/a.txt"), eva.list());
    truth = company.world();
  }

  private void end(End end) throws CofreException {
    if (end == End.DEVICE) {
      company.restored("Rui", company.kit(rui)); // a member's last device cannot be revoked
    }
    hidden = truth.copy();
    rui.line().show(hidden);
    eva.line().show(hidden);
    var member = rui.member();
    var device = rui.device();
    ana.run(cofre -> {
      switch (end) {
        case MEMBERSHIP -> cofre.team().remove(member, Set.of());
        case ROLE -> cofre.vault(Actor.VAULT).revoke(member, Vault.Abandon.NEVER);
        case LOWERED_ROLE ->
            cofre.vault(Actor.VAULT).grant(member, VaultRole.VIEWER, Optional.empty());
        case DEVICE -> cofre.team().revokeDevice(device);
      }
      return end;
    });
  }

  @ParameterizedTest
  @EnumSource(End.class)
  @Tag("H03")
  @Tag("E08")
  void nothingIsShownOrWrittenEverAfterwards(End end) throws Exception {
    end(end);
    rui.put("/late.txt", "late");
    assertEquals("late", eva.read("/late.txt"));
    eva.line().show(truth, hidden);
    Forked told = eva.fails(Forked.class, cofre -> cofre.vault(Actor.VAULT));
    assertTrue(told.getMessage().contains("after its author's right had ended"));
    assertTrue(told.hint().orElse("").contains("recovery kit"));
    assertEquals(2, evidence().size());
    assertAllRefused();
    eva.line().show(truth); // as if nothing had been
    assertEquals(told.getMessage(), assertAllRefused().getMessage());
  }

  /// The vault was opened before; what it holds in memory is the late commit.
  @Test
  @Tag("H03")
  void whatIsOpenShowsNothingEither() throws Exception {
    end(End.MEMBERSHIP);
    rui.put("/late.txt", "late");
    eva.run(cofre -> {
      Vault vault = cofre.vault(Actor.VAULT);
      assertEquals(2, vault.list("/", Recursion.DEEP).size());
      eva.line().show(truth, hidden);
      assertThrows(Forked.class, vault::refresh);
      assertThrows(Forked.class, () -> vault.list("/", Recursion.DEEP));
      assertThrows(Forked.class, () -> vault.find("*"));
      assertThrows(Forked.class, vault::unreadable);
      assertThrows(Forked.class, () -> vault.history("/late.txt"));
      assertThrows(Forked.class, () -> vault.log(0));
      assertThrows(
          Forked.class,
          () -> vault.get(List.of("/late.txt"), eva.home().resolve("out"), Progress.NONE));
      return vault;
    });
  }

  /// It is in the log first this time, so the commit is refused like any other that nobody could honestly have made.
  @Test
  @Tag("H03")
  void aLateCommitIsNotTakenByWhoKnows() throws Exception {
    end(End.MEMBERSHIP);
    rui.put("/late.txt", "late");
    ana.line().show(truth, hidden);
    ana.fails(Tampered.class, cofre -> cofre.vault(Actor.VAULT));
    ana.line().show(truth);
    assertEquals(List.of("/a.txt"), ana.list());
  }

  /// An honest colleague who did not know either wrote upon the same past.
  @Test
  void commitsOfOthersStand() throws Exception {
    ana.put("/b.txt", "second");
    end(End.MEMBERSHIP);
    eva.line().show(truth);
    ana.put("/c.txt", "third");
    assertEquals(List.of("/a.txt", "/b.txt", "/c.txt"), eva.list());
  }

  private Forked assertAllRefused() throws Exception {
    eva.fails(Forked.class, cofre -> cofre.vaults());
    eva.fails(Forked.class, cofre -> cofre.knownVaults());
    eva.fails(Forked.class, cofre -> cofre.team().members());
    assertThrows(Forked.class, () -> eva.put("/mine.txt", "mine"));
    assertThrows(Forked.class, () -> eva.read("/a.txt"));
    return eva.fails(Forked.class, cofre -> cofre.vault(Actor.VAULT));
  }

  private List<Path> evidence() throws Exception {
    try (var files = Files.list(eva.home().resolve("evidence"))) {
      return files.sorted().toList();
    }
  }
}
