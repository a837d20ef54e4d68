package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.SendTerms;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.domain.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How sends begin and end, and what becomes of their contents.
final class SendsTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final Duration PERIOD = Duration.ofHours(25);

  private TeamOnServer team;
  private VaultId vault;
  private Change.Put file;

  @BeforeEach
  void start() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    BlobId blob = team.upload(team.owner, vault, CONTENT);
    file = TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob);
    team.append(team.owner, vault, file).as(TeamOnServer.HEAD);
  }

  private TestSend send() {
    return send(team.owner);
  }

  private TestSend send(Actor author) {
    return TestSend.of(team, author, vault).handing(file.revision());
  }

  private BlobId blob() {
    return file.blob().orElseThrow();
  }

  /// Over for whoever has it open, and for whoever comes.
  private void isOver(TestSend send, Bytes opening, Problem problem) {
    send.state().is(problem);
    send.open(Actor.random(32)).is(problem);
    send.open(opening).is(problem);
    send.read(opening, send.manifest()).is(problem);
    send.read(opening, blob()).is(problem);
  }

  @Test
  void handsOutItsContentsAndNothingElse() {
    BlobId own = team.upload(team.owner, vault, new byte[] {4, 5});
    BlobId other = team.upload(team.owner, vault, new byte[] {6});
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), other))
        .as(TeamOnServer.HEAD);
    TestSend send = send().with(own).begin();
    Sends.State state = send.state().as(Sends.State.CODEC);
    assertEquals(send.preface, state.preface());
    assertEquals(Hash.sha256(TestSend.MANIFEST), state.sealed());
    assertEquals(send.expires(), state.expires());
    Bytes opening = send.opened();
    assertEquals(Bytes.of(TestSend.MANIFEST), send.read(opening, send.manifest()).body());
    assertEquals(Bytes.of(CONTENT), send.read(opening, blob()).body());
    assertEquals(Bytes.of(new byte[] {4, 5}), send.read(opening, own).body());
    send.read(opening, other).is(Problem.NOT_FOUND);
    send.read(opening, new BlobId(Actor.random(16))).is(Problem.NOT_FOUND);
  }

  @Test
  void isOverWhenItsTimeIs() {
    TestSend send = send().expiresIn(Duration.ofMinutes(10)).begin();
    Bytes opening = send.opened();
    TestServer.CLOCK.advance(Duration.ofMinutes(10));
    isOver(send, opening, Problem.SEND_EXPIRED);
    TestServer.bean(Sweep.class).sweep();
    isOver(send, opening, Problem.SEND_EXPIRED);
    send.end(team.owner).is(Problem.SEND_EXPIRED);
    send.extend(team.owner, send.expires() + 3_600_000).is(Problem.SEND_EXPIRED);
  }

  @Test
  void lastsLongerOnceExtended() {
    TestSend send = send().expiresIn(Duration.ofMinutes(10)).begin();
    send.extend(team.owner, send.expires() + 3_600_000).as(TeamOnServer.HEAD);
    TestServer.CLOCK.advance(Duration.ofMinutes(11));
    assertEquals(send.expires() + 3_600_000, send.state().as(Sends.State.CODEC).expires());
    send.opened();
  }

  @Test
  @Tag("J07")
  void isOverAtOnceWhenAColleagueEndsIt() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    TestSend send = send(rui).begin();
    Bytes opening = send.opened();
    assertEquals(Bytes.of(CONTENT), send.read(opening, blob()).body());
    send.end(team.owner).as(TeamOnServer.HEAD);
    isOver(send, opening, Problem.SEND_ENDED);
    send.end(rui).is(Problem.SEND_ENDED);
    assertEquals(1, send.openings().opened());
  }

  @Test
  @Tag("J07")
  void isOverAtOnceWhenWhoMadeItIsRemoved() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    TestSend send = send(rui).begin();
    TestSend anas = send().begin();
    Bytes opening = send.opened();
    team.post(team.owner, team.removal(rui));
    isOver(send, opening, Problem.SEND_ENDED);
    anas.opened();
  }

  @Test
  @Tag("J07")
  void isOverWithTheRightToWriteAndDoesNotComeBackWithIt() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    TestSend send = send(rui).begin();
    Bytes opening = send.opened();
    grant(rui, VaultRole.MANAGER, Optional.empty());
    send.read(opening, blob()).isDone();
    grant(rui, VaultRole.VIEWER, Optional.empty());
    isOver(send, opening, Problem.SEND_ENDED);
    grant(rui, VaultRole.EDITOR, Optional.empty());
    isOver(send, opening, Problem.SEND_ENDED);
  }

  @Test
  void isOverOnTheDateOfItsAuthorsRole() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    TestSend send = send(rui).begin();
    Bytes opening = send.opened();
    long until = TestServer.CLOCK.millis() + Duration.ofMinutes(10).toMillis();
    grant(rui, VaultRole.EDITOR, Optional.of(until));
    send.read(opening, blob()).isDone();
    TestServer.CLOCK.advance(Duration.ofMinutes(10));
    isOver(send, opening, Problem.SEND_ENDED);
  }

  private void grant(Actor to, VaultRole role, Optional<Long> until) throws Exception {
    team.post(team.owner, new Body.Grant(to.id, team.named(vault), role, until));
  }

  @Test
  void isOverWhenAContentOfItIsPurged() throws Exception {
    TestSend send = send().begin();
    Bytes opening = send.opened();
    purgeTheFile();
    isOver(send, opening, Problem.SEND_ENDED);
    TestServer.bean(Sweep.class).sweep();
    assertEquals(List.of(), stored());
  }

  private void purgeTheFile() {
    team.append(team.owner, vault, new Change.Delete(file.file(), file.revision()))
        .as(TeamOnServer.HEAD);
    team.append(team.owner, vault, new Change.Purge(file.file(), List.of(file.revision())))
        .as(TeamOnServer.HEAD);
  }

  private List<ObjectKey> stored() throws Exception {
    List<ObjectKey> keys = new ArrayList<>();
    TestServer.blobs().forEach(team.id().hex() + "/", keys::add);
    return keys;
  }

  private void pass(int times) {
    for (int i = 0; i < times; i++) {
      TestServer.CLOCK.advance(PERIOD);
      TestServer.bean(Sweep.class).sweep();
      team.owner.login(team.id());
    }
  }

  @Test
  @Tag("N12")
  void keepsItsContentsAsLongAsItLivesAndNoLonger() throws Exception {
    BlobId own = team.upload(team.owner, vault, new byte[] {4, 5});
    TestSend first = send().with(own).expiresIn(PERIOD.multipliedBy(4)).begin();
    TestSend second = send().with(own).expiresIn(PERIOD.multipliedBy(9)).begin();
    pass(3);
    assertEquals(Bytes.of(new byte[] {4, 5}), first.read(first.opened(), own).body());
    assertEquals(4, stored().size());
    pass(3);
    assertEquals(3, stored().size(), "the first one's manifest is gone");
    assertEquals(Bytes.of(new byte[] {4, 5}), second.read(second.opened(), own).body());
    second.end(team.owner).as(TeamOnServer.HEAD);
    TestServer.bean(Sweep.class).sweep();
    assertEquals(1, stored().size(), "the file's own content");
    pass(3);
    assertEquals(1, stored().size());
  }

  @Test
  void refusesContentsThatAreNotThere() {
    team.append(team.owner, vault, TestSend.of(team, team.owner, vault).change())
        .is(Problem.UNKNOWN_BLOB);
    BlobId nowhere = new BlobId(Actor.random(16));
    team.append(team.owner, vault, send().with(nowhere).uploaded().change())
        .is(Problem.UNKNOWN_BLOB);
    TestSend unknown = TestSend.of(team, team.owner, vault).uploaded();
    team.append(
            team.owner,
            vault,
            unknown
                .handing(TeamOnServer.put(file.file(), Optional.empty(), nowhere).revision())
                .change())
        .is(Problem.RULE_BROKEN);
  }

  @Test
  void refusesTimesInThePastAndBeyondFiveYears() {
    long now = TestServer.CLOCK.millis();
    long years = Duration.ofDays(5 * 366 + 1).toMillis();
    for (long wrong : List.of(0L, now, now + years)) {
      team.append(team.owner, vault, send().expires(wrong).uploaded().change())
          .is(Problem.RULE_BROKEN);
    }
    send().begin().extend(team.owner, now + years).is(Problem.RULE_BROKEN);
  }

  @Test
  void refusesTermsThatItCannotSeeTo() {
    TestSend send = send().uploaded();
    Optional<Hash> hash = Optional.of(Hash.ZERO);
    SendTerms email =
        new SendTerms(send.expires(), Optional.empty(), Optional.empty(), hash, Optional.empty());
    team.append(team.owner, vault, send.change(email)).is(Problem.UPDATE_NEEDED);
    SendTerms agreement =
        new SendTerms(
            send.expires(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new SendTerms.Agreement(file.revision(), Hash.ZERO)));
    team.append(team.owner, vault, send.change(agreement)).is(Problem.UPDATE_NEEDED);
  }

  @Test
  void isForEditorsOnly() throws Exception {
    Actor eva = team.member("eva", vault, VaultRole.VIEWER);
    TestSend send = send().begin();
    send.end(eva).is(Problem.NOT_ALLOWED);
    assertEquals(0, send.openings().opened());
    team.append(eva, vault, send().change()).is(Problem.NOT_ALLOWED);
  }

  @Test
  void aTeamHasOnlySoMany() throws Exception {
    try (SideServer side = SideServer.start(settings -> settings.sends(2))) {
      side.use();
      team = TeamOnServer.start();
      vault = team.vault(team.owner);
      TestSend first = TestSend.of(team, team.owner, vault).begin();
      TestSend.of(team, team.owner, vault).begin();
      Change.Send third = TestSend.of(team, team.owner, vault).uploaded().change();
      team.append(team.owner, vault, third).is(Problem.TOO_MANY_SENDS);
      first.end(team.owner).as(TeamOnServer.HEAD);
      team.append(team.owner, vault, third).as(TeamOnServer.HEAD);
    }
  }

  @Test
  void isForgottenLongAfterItIsOver() {
    TestSend send = send().begin();
    send.opened();
    send.end(team.owner).as(TeamOnServer.HEAD);
    TestServer.CLOCK.advance(Duration.ofDays(89));
    TestServer.bean(Sweep.class).sweep();
    team.owner.login(team.id());
    assertEquals(1, send.openings().opened());
    TestServer.CLOCK.advance(Duration.ofDays(2));
    TestServer.bean(Sweep.class).sweep();
    send.state().is(Problem.NOT_FOUND);
    assertTrue(send.open(Actor.random(32)).status() == 404);
  }
}
