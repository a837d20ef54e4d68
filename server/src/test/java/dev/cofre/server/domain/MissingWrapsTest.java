package dev.cofre.server.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.UnusableRows;
import dev.cofre.server.store.VaultRows;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is remembered of who lacks nothing.
final class MissingWrapsTest {
  private TeamOnServer team;
  private VaultId vault;
  private Actor ana;

  @BeforeEach
  void aVaultWithOneCommitAndANewcomer() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    ana = team.member("ana", vault, VaultRole.VIEWER);
  }

  private static MissingWraps missing(BundleRows bundles, int most) {
    return new MissingWraps(
        TestServer.bean(VaultRows.class),
        bundles,
        TestServer.bean(RevisionRows.class),
        TestServer.bean(UnusableRows.class),
        most);
  }

  private List<MemberId> lacking(MissingWraps missing) {
    return missing.of(team.state, vault).recipients().stream()
        .map(Commits.Lack::recipient)
        .toList();
  }

  private void wrap(MemberId to) {
    Recipient recipient = Optional.ofNullable(team.state.recipients(vault).get(to)).orElseThrow();
    SignedBytes channel = team.channel(team.owner, vault, recipient);
    Bundle bundle =
        new Bundle(
            to,
            channel.hash(Label.CHANNEL),
            List.of(new Bundle.Run(1, 0, Actor.random(Bundle.WRAP_LENGTH))));
    byte[] body =
        Commits.Bundles.CODEC.encode(new Commits.Bundles(List.of(bundle), List.of(channel)));
    Wire.call(Route.ADD_BUNDLES, team.owner.token, "", body, team.id(), vault).isDone();
  }

  @Test
  void forgetsNobodyForWhomThereWasNoRoom() throws Exception {
    MissingWraps missing = missing(TestServer.bean(BundleRows.class), Commits.Lack.MAX_LACKS);
    Actor eva = team.member("eva", vault, VaultRole.VIEWER);
    List<MemberId> first = lacking(missing);
    assertEquals(1, first.size());
    wrap(first.getFirst());
    List<MemberId> second = lacking(missing);
    assertEquals(1, second.size());
    assertNotEquals(first, second);
    wrap(second.getFirst());
    assertEquals(List.of(), lacking(missing));
    assertEquals(VaultRole.VIEWER, team.state.roles(vault).get(eva.id));
  }

  @Test
  void looksAtNobodyAgainBecauseOfAnEntryAboutAnother() throws Exception {
    WatchedBundles watched = new WatchedBundles(TestServer.bean(BundleRows.class));
    MissingWraps missing = missing(watched.rows(), 1000);
    wrap(ana.id);
    assertEquals(List.of(), lacking(missing));
    assertEquals(2, watched.doubted().size());
    Actor eva = team.member("eva", vault, VaultRole.VIEWER);
    assertEquals(List.of(eva.id), lacking(missing));
    assertEquals(List.of(eva.id.value()), watched.doubted());
    wrap(eva.id);
    team.post(team.owner, new Body.Revoke(ana.id, team.named(vault), Body.Abandon.KEPT));
    assertEquals(List.of(), lacking(missing));
    team.post(
        team.owner, new Body.Grant(ana.id, team.named(vault), VaultRole.VIEWER, Optional.empty()));
    assertEquals(List.of(ana.id), lacking(missing));
  }
}
