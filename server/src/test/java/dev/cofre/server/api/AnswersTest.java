package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.vault.Change;
import dev.cofre.server.Actor;
import dev.cofre.server.RawWire;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Large answers, and who may have how many at once.
final class AnswersTest {
  private static final int PUTS = 350;
  private static final int RECORD = 17_000;
  private static TeamOnServer team;
  private static VaultId vault;
  private static Actor ana;
  private static Actor rui;

  @BeforeAll
  static void aVaultWithALargePage() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    ana = team.member("ana", vault, VaultRole.VIEWER);
    rui = team.member("rui", vault, VaultRole.VIEWER);
    BlobId blob = team.upload(team.owner, vault, new byte[100]);
    List<Change> puts = new ArrayList<>();
    List<Commits.SealedRecord> records = new ArrayList<>();
    for (int i = 0; i < PUTS; i++) {
      Bytes sealed = Actor.random(RECORD);
      records.add(new Commits.SealedRecord(sealed));
      puts.add(
          new Change.Put(
              new FileId(Actor.random(16)),
              new RevisionId(Actor.random(16)),
              Optional.empty(),
              Optional.of(blob),
              Hash.sha256(sealed.toArray())));
    }
    team.send(team.owner, vault, team.commit(team.owner, vault, puts, records))
        .as(TeamOnServer.HEAD);
  }

  private static String ask(Actor who) {
    return RawWire.head(
        "GET", Route.COMMITS.path(team.id(), vault) + "?after=1", who.token, "Accept: */*");
  }

  @Nested
  final class AMember {
    @Test
    void readsALargePageWhole() {
      Commits.Page page =
          Wire.call(Route.COMMITS, ana.token, "?after=1", new byte[0], team.id(), vault)
              .as(Commits.Page.CODEC);
      assertEquals(PUTS, page.commits().getFirst().records().size());
    }

    @Test
    void readsLargePagesOneAfterTheOther() {
      for (int i = 0; i < 20; i++) {
        Wire.Answer answer =
            Wire.call(Route.COMMITS, ana.token, "?after=1", new byte[0], team.id(), vault);
        assertEquals(200, answer.status());
        assertTrue(answer.body().length() > PUTS * RECORD);
      }
    }

    @Test
    void hasOnlySoManyLargeAnswersUnderWayAndKeepsNobodyElseOut() throws Exception {
      List<RawWire> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 8; i++) {
          RawWire wire = new RawWire(4096);
          slow.add(wire);
          wire.say(ask(ana));
          Thread.sleep(200);
        }
        Wire.Answer refused =
            Wire.call(Route.COMMITS, ana.token, "?after=1", new byte[0], team.id(), vault);
        refused.is(Problem.RATE_LIMITED);
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        Wire.call(Route.COMMITS, rui.token, "?after=1", new byte[0], team.id(), vault)
            .as(Commits.Page.CODEC);
      } finally {
        for (RawWire wire : slow) {
          wire.close();
        }
      }
      awaitAnswers();
    }

    private void awaitAnswers() throws InterruptedException {
      for (int i = 0; i < 100; i++) {
        int status =
            Wire.call(Route.COMMITS, ana.token, "?after=1", new byte[0], team.id(), vault).status();
        if (status == 200) {
          return;
        }
        Thread.sleep(100);
      }
      throw new AssertionError("memory of answers that nobody reads any more is not given back");
    }
  }
}
