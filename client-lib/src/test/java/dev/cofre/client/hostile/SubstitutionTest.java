package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Recursion;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Identity;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceKeys;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinStatement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that gives keys, vaults and teams of its own in the place of others.
class SubstitutionTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();

  /// The server's key in the place of a newcomer's, where the newcomer is seen for the first time: by a device that was away, and by one that
  /// is new.
  @Test
  @Tag("B01")
  @Tag("B12")
  @Tag("B15")
  void noNewcomersKeyIsTheServers() throws Exception {
    Identity nobody = evil.ring().nobody();
    evil.on(
        Route.LOG,
        Script.record(
            Teams.LogPage.class,
            page -> {
              List<SignedBytes> entries =
                  page.entries().stream().map(e -> keyReplaced(e, nobody)).toList();
              return new Teams.LogPage(
                  entries,
                  entries.isEmpty()
                      ? page.head()
                      : new Head(page.head().seq(), entries.getLast().hash(Label.ENTRY)));
            }));
    assertHardStop(play.eva());
    Path home = directory.resolve("new");
    assertThrows(Tampered.class, () -> restore(home));
    assertNoHome(home);
    assertNothingSent();
    evil.honest();
    assertWhole(play.eva());
  }

  private static SignedBytes keyReplaced(SignedBytes bytes, Identity nobody) {
    try {
      Entry entry = Entry.read(bytes).value();
      if (!(entry.body() instanceof Body.Join(SignedBytes signed))) {
        return bytes;
      }
      JoinStatement said = JoinStatement.CODEC.decode(signed.payload().toArray());
      JoinStatement other =
          new JoinStatement(
              said.team(),
              said.invite(),
              said.member(),
              said.profile(),
              new DeviceKeys(
                  said.device().id(),
                  said.device().kind(),
                  nobody.deviceKeys().signingKey(),
                  nobody.deviceKeys().encryptionKey()),
              nobody.newestKey().orElseThrow().publicKey());
      Entry changed =
          new Entry(
              entry.team(),
              entry.seq(),
              entry.prev(),
              entry.author(),
              entry.device(),
              entry.time(),
              new Body.Join(nobody.sign(Label.JOIN, JoinStatement.CODEC.encode(other))));
      return nobody.sign(Label.ENTRY, Entry.CODEC.encode(changed));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /// Somebody starts a vault, and the server gives their other device, and them, a first commit of its own making: sealed under keys that it
  /// knows, wrapped in the creator's name.
  @Test
  @Tag("B07")
  void aVaultIsNotExchangedRightAfterItsCreation() throws Exception {
    Actor eva = play.eva();
    play.company().oracles().canaries().add("Plans for the future");
    VaultId plans = eva.run(cofre -> cofre.createVault("Plans for the future").id());
    Identity nobody = evil.ring().nobody();
    Commits.SealedRecord record = Forgery.record();
    SignedBytes first =
        Forgery.commit(
            world, plans, Head.ofEmpty(plans), world.state().head(), nobody, Forgery.put(record));
    evil.on(
        Route.COMMITS,
        (request, honest) ->
            request.path().contains(plans.hex())
                ? Answer.cbor(
                    Commits.Page.CODEC.encode(
                        new Commits.Page(
                            List.of(new Commits.Item(first, List.of(record))),
                            List.of(),
                            List.of(),
                            new Head(1, first.hash(Label.COMMIT)))))
                : honest);
    for (Actor actor : List.of(eva, play.phone())) {
      CofreException told =
          actor.fails(CofreException.class, cofre -> cofre.vault(plans.hex()).head());
      assertEquals(Verdict.INTEGRITY, Verdict.of(told));
      assertThrows(
          CofreException.class, () -> actor.putIn(plans.hex(), "/plan.txt", "a secret plan"));
    }
    evil.honest();
    eva.putIn(plans.hex(), "/plan.txt", "a secret plan");
    assertEquals(1, play.phone().inVault(plans.hex(), vault -> vault.find("plan.txt")).size());
  }

  /// Another team, complete, with a valid genesis of its own.
  @Test
  @Tag("B06")
  void anotherTeamIsNotOurs() throws Exception {
    World other = play.elsewhere();
    evil.on(
        Route.LOG,
        (_, _) -> Answer.cbor(Teams.LogPage.CODEC.encode(other.page(OptionalLong.empty()))));
    for (Actor actor : List.of(ana, play.eva())) {
      assertHardStop(actor);
      assertEquals(2, actor.run(cofre -> cofre.knownVaults()).size());
    }
    Path home = directory.resolve("new");
    assertThrows(Tampered.class, () -> restore(home));
    assertNoHome(home);
  }

  private void restore(Path home) throws CofreException {
    try (var passphrase = Passphrase.of("of a new device".toCharArray());
        var cofre =
            Cofre.restore(ana.surroundings(), home, passphrase, Company.server(), play.kit())) {
      cofre.whoAmI();
    }
  }

  /// A vault made by the server in somebody's name, with a role in it for everybody.
  @Test
  @Tag("B06")
  void aVaultOfTheServersIsNobodys() throws Exception {
    Identity nobody = evil.ring().nobody();
    Identity anas = ana.twin();
    SignedBytes made =
        Forgery.entry(
            world, anas.member(), anas.device(), nobody, new Body.VaultCreate(RANDOM.bytes(16)));
    evil.on(Route.LOG, Forgery.behindTheLog(made));
    Actor eva = play.eva();
    assertHardStop(eva);
    assertEquals(2, eva.run(cofre -> cofre.knownVaults()).size());
  }

  /// A member of the team makes a vault of the same name, validly, and gives everybody a role in it. The server has that member's keys.
  @Test
  @Tag("B06")
  void aVaultThatNobodyAskedForChangesNotWhereFilesGo() throws Exception {
    Actor ida = play.company().member("Ida", TeamRole.MEMBER, Map.of());
    VaultId hers = ida.run(cofre -> cofre.createVault(Actor.VAULT).id());
    evil.ring().add(ida.twin());
    List<Actor> others = List.of(ana, play.eva(), play.rui());
    for (Actor each : others) {
      MemberId granted = each.member();
      ida.inVault(
          hers.hex(),
          vault -> {
            vault.grant(granted, VaultRole.MANAGER, Optional.empty());
            return vault;
          });
    }
    play.company().oracles().concede(); // the name that she gave it
    String ours = play.company().vault().hex();
    long before = world.shelf(hers).head().seq();
    for (Actor each : others) {
      each.fails(NotFound.class, cofre -> cofre.vault(Actor.VAULT)); // which of the two?
      assertThrows(NotFound.class, () -> each.put("/letters/new.txt", "not for Ida"));
      each.putIn(ours, "/letters/of-" + each.name() + ".txt", "not for Ida");
    }
    assertEquals(before, world.shelf(hers).head().seq());
    assertTrue(
        evil.transcript().stream()
            .map(Exchange::request)
            .filter(request -> !request.method().equals("GET"))
            .filter(request -> request.path().contains(hers.hex()))
            .noneMatch(request -> request.path().contains("uploads")));
    assertEquals(8, ana.inVault(ours, vault -> vault.list("/", Recursion.DEEP)).size());
  }
}
