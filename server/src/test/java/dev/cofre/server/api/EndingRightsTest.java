package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.team.Body;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Ending rights, and what whoever ends them cannot do to others by it.
final class EndingRightsTest {
  private TeamOnServer team;
  private VaultId vault;
  private Actor rui;

  @BeforeEach
  void aVaultInWhichRuiWrites() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    rui = team.member("rui", vault, VaultRole.EDITOR);
  }

  private Wire.Answer write(Actor author, VaultId where) {
    BlobId blob = team.upload(author, where, new byte[10]);
    return team.append(
        author, where, TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob));
  }

  private Body.Revoke revoke(Actor whom, VaultId where, Head head) {
    return new Body.Revoke(whom.id, new VaultHead(where, head), Body.Abandon.KEPT);
  }

  private Body.Grant grant(Actor whom, VaultRole role, long until) {
    return new Body.Grant(whom.id, team.named(vault), role, Optional.of(until));
  }

  @Nested
  final class AMemberWithAVaultOfTheirOwn {
    private Actor mallory;
    private VaultId own;

    @BeforeEach
    void withRuiInIt() throws Exception {
      mallory = team.member("mallory");
      own = team.vault(mallory);
      team.post(
          mallory, new Body.Grant(rui.id, team.named(own), VaultRole.EDITOR, Optional.empty()));
    }

    @Test
    void isRefusedAnInventedHeadAndHoldsNobody() throws Exception {
      team.tryPost(mallory, revoke(rui, own, new Head(99, Hash.ZERO))).is(Problem.RULE_BROKEN);
      team.tryPost(mallory, revoke(rui, own, new Head(1, Hash.ZERO))).is(Problem.RULE_BROKEN);
      assertEquals(200, write(rui, own).status());
      assertEquals(200, write(rui, vault).status());
    }

    @Test
    void holdsWritesInThatVaultOnly() throws Exception {
      Head before = team.head(own);
      write(rui, own).as(TeamOnServer.HEAD);
      team.tryPost(mallory, revoke(rui, own, before)).is(Problem.SUBJECT_WROTE);
      write(rui, own).is(Problem.WRITES_HELD);
      assertEquals(200, write(rui, vault).status());
      team.post(mallory, revoke(rui, own, team.head(own)));
    }
  }

  @Nested
  final class AnOwner {
    @Test
    void holdsAMemberInEveryVaultThatTheRemovalNames() throws Exception {
      VaultId second = team.vault(team.owner);
      team.post(
          team.owner,
          new Body.Grant(rui.id, team.named(second), VaultRole.EDITOR, Optional.empty()));
      Body.MemberRemove removal = team.removal(rui);
      write(rui, second).as(TeamOnServer.HEAD);
      team.tryPost(team.owner, removal).is(Problem.SUBJECT_WROTE);
      write(rui, vault).is(Problem.WRITES_HELD);
      write(rui, second).is(Problem.WRITES_HELD);
      team.post(team.owner, team.removal(rui));
    }

    @Test
    void isRefusedAnEntryFromTheFuture() throws Exception {
      long soon = TestServer.CLOCK.millis() + Duration.ofMinutes(4).toMillis();
      long late = TestServer.CLOCK.millis() + Duration.ofMinutes(6).toMillis();
      Body body = new Body.VaultCreate(Actor.random(16));
      team.tryPost(team.owner, body, late).is(Problem.RULE_BROKEN);
      assertEquals(200, team.tryPost(team.owner, body, soon).status());
    }
  }

  @Nested
  final class AnEditor {
    @Test
    void endsNobodysRoleBeforeItsDate() throws Exception {
      Actor dated = team.member("dated");
      long year = TestServer.CLOCK.millis() + Duration.ofDays(365).toMillis();
      team.post(team.owner, grant(dated, VaultRole.MANAGER, year));
      Body.Revoke revoke = revoke(dated, vault, team.head(vault));
      team.tryPost(rui, revoke, year + 1).is(Problem.RULE_BROKEN);
      team.tryPost(rui, revoke).is(Problem.NOT_ALLOWED);
    }

    @Test
    void endsNobodysRoleByAClockThatIsAhead() throws Exception {
      Actor dated = team.member("dated");
      long minute = TestServer.CLOCK.millis() + Duration.ofMinutes(1).toMillis();
      team.post(team.owner, grant(dated, VaultRole.VIEWER, minute));
      team.tryPost(rui, revoke(dated, vault, team.head(vault)), minute + 1).is(Problem.NOT_ALLOWED);
    }

    @Test
    void endsARoleWhoseDateIsPast() throws Exception {
      Actor dated = team.member("dated");
      long past = TestServer.CLOCK.millis() - 1;
      team.post(team.owner, grant(dated, VaultRole.VIEWER, past));
      assertEquals(
          200,
          team.tryPost(rui, revoke(dated, vault, team.head(vault)), TestServer.CLOCK.millis())
              .status());
    }

    @Test
    void isRefusedACommitFromTheFuture() {
      long late = TestServer.CLOCK.millis() + Duration.ofMinutes(6).toMillis();
      team.send(
              rui,
              vault,
              team.commit(
                  rui,
                  vault,
                  team.head(vault),
                  team.state.head(),
                  late,
                  List.of(delete()),
                  List.of()))
          .is(Problem.RULE_BROKEN);
    }

    private dev.cofre.protocol.vault.Change delete() {
      return new dev.cofre.protocol.vault.Change.Delete(
          new FileId(Actor.random(16)), new dev.cofre.protocol.RevisionId(Actor.random(16)));
    }
  }
}
