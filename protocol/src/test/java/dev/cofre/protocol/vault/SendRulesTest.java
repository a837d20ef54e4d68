package dev.cofre.protocol.vault;

import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Actor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendRulesTest {
  private static final long EXPIRES = 1_000;

  private Actor ana;
  private Actor rui;
  private TestTeam team;
  private VaultId vault;
  private VaultState state;
  private Change.Put report;

  @BeforeEach
  void start() throws Exception {
    ana = actor();
    team = TestTeam.startedBy(ana);
    vault = team.vault(ana);
    rui = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.EDITOR));
    state = VaultState.start(vault);
    report = put(new FileId(TestTeam.random(16)), Optional.empty());
    apply(
        ana,
        new Change.Put(FileId.NAME, revision(), Optional.empty(), Optional.empty(), Hash.ZERO),
        report);
  }

  private static RevisionId revision() {
    return new RevisionId(TestTeam.random(16));
  }

  private static BlobId blob() {
    return new BlobId(TestTeam.random(16));
  }

  private static Change.Put put(FileId file, Optional<RevisionId> previous) {
    return new Change.Put(file, revision(), previous, Optional.of(blob()), Hash.ZERO);
  }

  private static Change.Send send(List<RevisionId> revisions, List<BlobId> blobs) {
    return send(new SendId(TestTeam.random(16)), revision(), revisions, blobs);
  }

  private static Change.Send send(
      SendId id, RevisionId description, List<RevisionId> revisions, List<BlobId> blobs) {
    return new Change.Send(
        id,
        description,
        Hash.ZERO,
        Hash.ZERO,
        TestTeam.random(100),
        blob(),
        Hash.ZERO,
        revisions,
        blobs,
        new SendTerms(
            EXPIRES, Optional.of(1L), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void apply(Actor author, Change... changes) throws Exception {
    state =
        state.apply(
            team.state(), team.commit(author, vault, state.head(), team.state().head(), changes));
  }

  private void refuses(Rule rule, Actor author, Change... changes) {
    RuleException refused = assertThrows(RuleException.class, () -> apply(author, changes));
    assertEquals(rule, refused.rule(), refused.getMessage());
  }

  private boolean stands(Change.Send send) {
    return state.sends().find(send.send()).orElseThrow().stands(team.state(), vault);
  }

  private Change.Send made(Actor author) throws Exception {
    Change.Send send = send(List.of(report.revision()), List.of(blob()));
    apply(author, send);
    assertTrue(stands(send));
    return send;
  }

  @Test
  void takesOneOfAnEditorWithItsDescriptionAsARevision() throws Exception {
    Change.Send send = made(rui);
    assertTrue(state.holds(send.send().description(), send.revision()));
    assertFalse(state.holdsContent(send.revision()));
    assertEquals(1, state.sends().all().size());
    assertEquals(Optional.of(new SendHead(EXPIRES, SendHead.State.OPEN)), state.send(send.send()));
  }

  @Test
  void refusesOneOfAViewer() throws Exception {
    Actor eva = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.VIEWER));
    Change.Send send = made(rui);
    refuses(Rule.NO_WRITE_RIGHT, eva, send(List.of(), List.of(blob())));
    refuses(Rule.NO_WRITE_RIGHT, eva, new Change.SendEnd(send.send()));
    refuses(Rule.NO_WRITE_RIGHT, eva, new Change.SendExtend(send.send(), EXPIRES + 1));
  }

  @Test
  void refusesOneOfWhatTheVaultDoesNotHold() throws Exception {
    refuses(Rule.SEND, rui, send(List.of(revision()), List.of()));
    RevisionId name = state.file(FileId.NAME).orElseThrow().last();
    refuses(Rule.SEND, rui, send(List.of(name), List.of()));
    apply(ana, new Change.Delete(report.file(), report.revision()));
    apply(ana, new Change.Purge(report.file(), List.of(report.revision())));
    refuses(Rule.SEND, rui, send(List.of(report.revision()), List.of()));
  }

  @Test
  void refusesAnIdThatIsTaken() throws Exception {
    Change.Send send = made(rui);
    List<RevisionId> none = List.of();
    refuses(Rule.SEND, rui, send(send.send(), revision(), none, List.of()));
    refuses(Rule.SEND, rui, send(new SendId(report.file().value()), revision(), none, List.of()));
    refuses(Rule.SEND, ana, send(new SendId(FileId.NAME.value()), revision(), none, List.of()));
    refuses(
        Rule.REVISION,
        rui,
        send(new SendId(TestTeam.random(16)), report.revision(), none, List.of()));
  }

  @Test
  void refusesAContentTwice() {
    BlobId blob = blob();
    refuses(Rule.TWICE, rui, send(List.of(report.revision(), report.revision()), List.of()));
    refuses(Rule.TWICE, rui, send(List.of(), List.of(blob, blob)));
    Change.Send send = send(List.of(), List.of());
    refuses(Rule.TWICE, rui, send, send);
    refuses(Rule.TWICE, rui, send, new Change.SendEnd(send.send()));
  }

  @Test
  void isEndedByAColleagueOnce() throws Exception {
    Change.Send send = made(rui);
    apply(ana, new Change.SendEnd(send.send()));
    assertFalse(stands(send));
    refuses(Rule.SEND, rui, new Change.SendEnd(send.send()));
    refuses(Rule.SEND, rui, new Change.SendExtend(send.send(), EXPIRES + 1));
    refuses(Rule.SEND, rui, new Change.SendEnd(new SendId(TestTeam.random(16))));
  }

  @Test
  void isMadeToLastLongerOnly() throws Exception {
    Change.Send send = made(rui);
    refuses(Rule.SEND, ana, new Change.SendExtend(send.send(), EXPIRES));
    apply(ana, new Change.SendExtend(send.send(), EXPIRES + 1));
    assertEquals(EXPIRES + 1, state.send(send.send()).orElseThrow().expires());
    refuses(Rule.SEND, ana, new Change.SendExtend(send.send(), EXPIRES + 1));
  }

  @Test
  void endsWithAPurgeOfWhatItHandsOut() throws Exception {
    Change.Send send = made(rui);
    Change.Send other = send(List.of(), List.of(blob()));
    apply(rui, other);
    Change.Put newer = put(report.file(), Optional.of(report.revision()));
    apply(rui, newer);
    assertTrue(stands(send));
    apply(ana, new Change.Purge(report.file(), List.of(report.revision())));
    assertFalse(stands(send));
    assertTrue(stands(other));
  }

  @Test
  void isBornEndedWhereTheSameCommitPurgesWhatItHandsOut() throws Exception {
    apply(rui, put(report.file(), Optional.of(report.revision())));
    Change.Send send = send(List.of(report.revision()), List.of());
    apply(ana, send, new Change.Purge(report.file(), List.of(report.revision())));
    assertFalse(stands(send));
  }

  @Test
  void endsWithTheMemberWhoMadeIt() throws Exception {
    Change.Send send = made(rui);
    Change.Send anas = made(ana);
    team.post(ana, team.removal(rui, new VaultHead(vault, state.head())));
    assertFalse(stands(send));
    assertTrue(stands(anas));
  }

  @Test
  void endsWithTheRightToWriteAndDoesNotComeBackWithIt() throws Exception {
    Change.Send send = made(rui);
    grant(VaultRole.MANAGER);
    assertTrue(stands(send));
    grant(VaultRole.VIEWER);
    assertFalse(stands(send));
    grant(VaultRole.EDITOR);
    assertFalse(stands(send));
    assertTrue(stands(made(rui)));
  }

  private void grant(VaultRole role) throws Exception {
    team.post(
        ana, new Body.Grant(rui.id(), new VaultHead(vault, state.head()), role, Optional.empty()));
  }

  @Test
  void hasALimitOfOpeningsFromOneOn() {
    assertThrows(IllegalArgumentException.class, () -> terms(0L));
    assertEquals(Optional.of(1L), terms(1L).opens());
  }

  private static SendTerms terms(long opens) {
    return new SendTerms(
        EXPIRES, Optional.of(opens), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
