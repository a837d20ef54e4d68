package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.remote.HttpRemote;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Origin;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that wants the keys of people, or their logins.
class KeyMaterialTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final Set<Route> MAKING =
      Set.of(Route.CREATE_TEAM, Route.APPEND_ENTRY, Route.APPEND_COMMIT, Route.BEGIN_UPLOAD);

  /// What the server puts in place of what a member's new device is to receive.
  enum Substitute {
    /// A seed of the server's, under the signature of the server.
    SEED_AND_SIGNATURE,
    /// A seed of the server's, under the true signature.
    SEED,
    /// The seed as it was, under the signature of another member.
    SIGNATURE
  }

  /// The keys that everybody could guess are in the ring from the start; the secret of an invitation is added to it.
  @Test
  @Tag("A04")
  void neitherALeakedInvitationNorAKeyOfZerosOpensAnything() throws Exception {
    String link =
        play.company()
            .invite(
                TeamRole.MEMBER,
                Map.of(play.company().vault(), VaultRole.EDITOR),
                JoinMode.AT_ONCE);
    try (var leaked = JoinLink.read(link);
        var key = leaked.key()) {
      evil.ring().learn(Bytes.of(key.seed().toArray()));
    }
    ana.put("/letters/new.txt", "written while the link was about");
    ana.put("/letters/first.txt", "and a new version");
    assertEquals(6, ana.list().size());
  }

  @ParameterizedTest
  @EnumSource(Substitute.class)
  @Tag("A07")
  @Tag("I01")
  void aNewDeviceTakesNoKeysOfTheServers(Substitute substitute) throws Exception {
    evil.on(
        Route.LOG,
        Script.record(
            Teams.LogPage.class,
            page ->
                new Teams.LogPage(
                    page.entries().stream().map(e -> substituted(e, substitute)).toList(),
                    page.head())));
    Path home = directory.resolve("new");
    assertThrows(Tampered.class, () -> restore(home));
    assertNoHome(home);
    assertNothingSent();
  }

  private void restore(Path home) throws CofreException {
    try (Passphrase passphrase = Passphrase.of("of a new device".toCharArray());
        Cofre cofre =
            Cofre.restore(ana.surroundings(), home, passphrase, Company.server(), play.kit())) {
      cofre.whoAmI();
    }
  }

  private SignedBytes substituted(SignedBytes bytes, Substitute substitute) {
    try {
      Entry entry = Entry.read(bytes).value();
      if (!(entry.body() instanceof Body.DeviceAdd add)) {
        return bytes;
      }
      Body other =
          substitute == Substitute.SIGNATURE
              ? add
              : new Body.DeviceAdd(add.statement(), ofTheServer(entry.author()));
      Entry changed =
          new Entry(
              entry.team(),
              entry.seq(),
              entry.prev(),
              entry.author(),
              entry.device(),
              entry.time(),
              other);
      SignedBytes signed = evil.ring().nobody().sign(Label.ENTRY, Entry.CODEC.encode(changed));
      return substitute == Substitute.SEED
          ? new SignedBytes(signed.payload(), bytes.signature())
          : signed;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private WrappedSeed ofTheServer(MemberId member) throws CofreException {
    try (RecoveryKit kit = RecoveryKit.read(play.kit());
        Identity device = kit.identity(member)) {
      EncryptionKey key = evil.ring().nobody().newestKey().orElseThrow();
      return MemberSeeds.wrap(world.state().id(), member, key, device.deviceKeys(), RANDOM);
    }
  }

  /// The member's own key, replaced by the server in the member's name.
  @Test
  @Tag("A07")
  @Tag("B16")
  @Tag("B17")
  void aDeviceTakesNoNewKeyOfItsMemberThatItsDevicesDidNotMake() throws Exception {
    Actor eva = play.eva();
    Identity nobody = evil.ring().nobody();
    Body rekey = Forgery.rekey(world, nobody, eva.member());
    evil.on(
        Route.LOG,
        Forgery.behindTheLog(Forgery.entry(world, eva.member(), eva.device(), nobody, rekey)));
    assertHardStop(eva);
    evil.honest();
    assertWhole(eva);
  }

  /// Ways to say that nothing is there.
  enum Absence {
    NOT_FOUND,
    PLAIN_404,
    NO_BODY,
    NULL,
    EMPTY_LIST;

    Answer answer() {
      return switch (this) {
        case NOT_FOUND -> Answer.problem(Problem.NOT_FOUND);
        case PLAIN_404 -> Answer.empty(404);
        case NO_BODY -> Answer.cbor(new byte[0]);
        case NULL -> Answer.cbor(new byte[] {(byte) 0xf6});
        case EMPTY_LIST -> Answer.cbor(new byte[] {(byte) 0x80});
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Absence.class)
  @Tag("A08")
  @Tag("E12")
  void whatIsSaidToBeAbsentIsNeverBegunAnew(Absence absence) throws Exception {
    for (Route route : List.of(Route.LOG, Route.COMMITS)) {
      Actor eva = play.eva();
      eva.line().on(route, Script.always(absence.answer()));
      assertThrows(CofreException.class, () -> eva.put("/letters/new.txt", "a new letter"));
      assertThrows(CofreException.class, () -> eva.run(c -> c.createVault("Plans")));
      assertThrows(CofreException.class, eva::list);
      assertNothingSent();
      assertTrue(
          eva.run(cofre -> cofre.knownVaults()).stream()
              .anyMatch(v -> v.name().equals(Actor.VAULT)));
      eva.line().honest();
      assertWhole(eva);
      soFarSoGood();
    }
  }

  /// Whatever a device that is enrolled asks for and is said not to be there: it makes no key, no member, no team and no commit of it.
  @ParameterizedTest
  @EnumSource(Absence.class)
  @Tag("A08")
  void nothingIsMadeOfAnAbsence(Absence absence) throws Exception {
    for (Route route : Route.values()) {
      if (route.method() == Route.Method.GET) {
        Actor eva = play.eva();
        eva.line().on(route, Script.always(absence.answer()));
        Verdict verdict =
            Verdict.of(() -> {
              eva.list();
              eva.read("/letters/first.txt");
              return true;
            });
        assertTrue(verdict.allowed(), () -> route + " " + verdict);
        eva.line().honest();
        assertWhole(eva);
      }
    }
    assertTrue(
        evil.transcript().stream()
            .flatMap(exchange -> exchange.route().stream())
            .noneMatch(MAKING::contains));
  }

  @Test
  @Tag("A12")
  void nothingThatFollowsFromThePassphraseIsSent() throws Exception {
    Actor rui = play.rui();
    play.company().oracles().canaries().add("another passphrase for Rui");
    play.company().oracles().canaries().add(rui.derivedKey(), "the key from a passphrase");
    rui.run(cofre -> {
      try (Passphrase other = Passphrase.of("another passphrase for Rui".toCharArray())) {
        cofre.changePassphrase(other);
      }
      play.company()
          .oracles()
          .canaries()
          .add(Bytes.of(Innards.unlockKey(cofre).toArray()), "the key from another passphrase");
      cofre.vault(Actor.VAULT).refresh();
      return cofre.team().printKit().code();
    });
    assertFalse(evil.transcript().isEmpty());
  }

  /// The second server hands on what it is told to the first, whose member it would like to be.
  @Test
  @Tag("A13")
  void aLoginAtOneServerIsWorthlessAtAnother() throws Exception {
    Actor rui = play.rui();
    Doorway.SECOND.open(evil::answer);
    Network network = Network.of(InstantSource.system(), RANDOM);
    var signer = Innards.signer(world.state().id(), rui.twin());
    var relayed = HttpRemote.loggingIn(new Origin(Doorway.SECOND.origin()), signer, network);
    Unreachable told =
        assertThrows(
            Unreachable.class, () -> relayed.log(world.state().id(), OptionalLong.empty()));
    assertTrue(told.getMessage().contains("goes by another address"), told::getMessage);
    Sessions.Open sent =
        Sessions.Open.CODEC.decode(
            evil.transcript(Route.OPEN_SESSION).getLast().request().body().toArray());
    Sessions.Login login = Sessions.Login.CODEC.decode(sent.login().payload().toArray());
    assertEquals(Doorway.SECOND.origin(), login.origin());
  }

  @Test
  @Tag("A13")
  void aLoginIsGoodOnce() throws Exception {
    play.rui().list();
    Received login = evil.transcript(Route.OPEN_SESSION).getLast().request();
    assertEquals(Problem.LOGIN_REFUSED.status(), evil.answer(login).status());
  }

  /// The same nonce, the same token and the same answers for everybody and for ever: what clients make does not come of it.
  @Test
  @Tag("A14")
  void idsAndKeysAreTheClientsOwnWhateverTheServerRepeats() throws Exception {
    Bytes zeros = Bytes.zeros(32);
    Set<Bytes> ids = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      Stage.Play again = Stage.play(directory.resolve("again" + i));
      Actor rui = again.rui();
      again
          .evil()
          .on(
              Route.CHALLENGE,
              Script.always(
                  Answer.cbor(
                      Sessions.Challenge.CODEC.encode(new Sessions.Challenge(zeros, 1L << 50)))));
      assertThrows(Refused.class, rui::list); // a nonce that this server did not give
      again.evil().honest();
      rui.put("/letters/new.txt", "the same letter each time");
      for (Exchange exchange : again.evil().transcript(Route.APPEND_COMMIT)) {
        Change.Put put = put(exchange);
        assertTrue(ids.add(put.file().value()));
        assertTrue(ids.add(put.revision().value()));
        assertTrue(ids.add(put.blob().orElseThrow().value()));
        assertTrue(ids.add(put.record().value()));
      }
      for (Exchange exchange : again.evil().transcript(Route.BEGIN_UPLOAD)) {
        assertTrue(
            ids.add(
                Uploads.Begin.CODEC.decode(exchange.request().body().toArray()).upload().value()));
      }
      for (Exchange exchange : again.evil().transcript(Route.PUT_PART)) {
        assertTrue(ids.add(exchange.request().body().slice(0, 56))); // salt and commitment
      }
    }
    assertEquals(4 * 6, ids.size());
  }

  private static Change.Put put(Exchange exchange) throws Exception {
    var append = Commits.Append.CODEC.decode(exchange.request().body().toArray());
    return Commit.read(append.commit()).value().puts().getFirst();
  }
}
