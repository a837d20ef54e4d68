package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Teams;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FirstStepsTest {
  @Test
  void aStrangerLearnsWhatTheServerIs() {
    ServerInfo info = Wire.call(Route.SERVER, Optional.empty()).as(ServerInfo.CODEC);
    assertEquals(TestServer.uri().toString(), info.origin());
    assertEquals(ServerInfo.Registration.OPEN, info.registration());
  }

  @Test
  void aTeamGrowsAndReadsItsLog() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    Actor ana = team.member("ana", vault, VaultRole.EDITOR);
    Teams.LogPage log = Wire.call(Route.LOG, ana.token, team.id()).as(Teams.LogPage.CODEC);
    assertEquals(team.state.head(), log.head());
    assertEquals(4, log.entries().size());
    Teams.LogPage rest =
        Wire.call(Route.LOG, ana.token, "?after=1", new byte[0], team.id()).as(Teams.LogPage.CODEC);
    assertEquals(log.entries().subList(2, 4), rest.entries());
    assertEquals(
        3,
        Wire.call(Route.PROFILES, ana.token, team.id()).as(Teams.Profiles.CODEC).profiles().size());
  }

  @Test
  void oneMemberUploadsAndAnotherReads() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    Actor ana = team.member("ana", vault, VaultRole.VIEWER);
    byte[] content = Actor.random(100_000).toArray();
    BlobId blob = team.upload(team.owner, vault, content);
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
        .as(TeamOnServer.HEAD);
    Commits.Page page =
        Wire.call(Route.COMMITS, ana.token, "?after=0&limit=10", new byte[0], team.id(), vault)
            .as(Commits.Page.CODEC);
    assertEquals(2, page.commits().size());
    assertEquals(1, page.bundles().size());
    assertEquals(1, page.channels().size());
    assertEquals(team.head(vault), page.head());
    Wire.Answer answer = Wire.call(Route.BLOB, ana.token, team.id(), vault, blob);
    assertEquals(200, answer.status(), () -> new String(answer.body().toArray()));
    assertEquals(Bytes.of(content), answer.body());
    assertTrue(
        Wire.call(Route.MISSING, team.owner.token, team.id(), vault)
            .as(Commits.Missing.CODEC)
            .recipients()
            .stream()
            .allMatch(l -> l.recipient().equals(ana.id) && l.from() == 1));
  }
}
