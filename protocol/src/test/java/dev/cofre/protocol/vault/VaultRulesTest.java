package dev.cofre.protocol.vault;

import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Actor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VaultRulesTest {
  private Actor ana;
  private Actor rui;
  private TestTeam team;
  private VaultId vault;
  private VaultState state;

  @BeforeEach
  void start() throws Exception {
    ana = actor();
    team = TestTeam.startedBy(ana);
    vault = team.vault(ana);
    rui = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.EDITOR));
    state = VaultState.start(vault);
    apply(ana, name(Optional.empty()));
  }

  private static Change.Put name(Optional<RevisionId> previous) {
    return new Change.Put(FileId.NAME, revision(), previous, Optional.empty(), Hash.ZERO);
  }

  private static Change.Put put(FileId file, Optional<RevisionId> previous) {
    return new Change.Put(
        file, revision(), previous, Optional.of(new BlobId(TestTeam.random(16))), Hash.ZERO);
  }

  private static RevisionId revision() {
    return new RevisionId(TestTeam.random(16));
  }

  private static FileId file() {
    return new FileId(TestTeam.random(16));
  }

  private Signed<Commit> next(Actor author, Change... changes) throws Exception {
    return team.commit(author, vault, state.head(), team.state().head(), changes);
  }

  private void apply(Actor author, Change... changes) throws Exception {
    state = state.apply(team.state(), next(author, changes));
  }

  private void refuses(Rule rule, Signed<Commit> commit) {
    RuleException refused =
        assertThrows(RuleException.class, () -> state.apply(team.state(), commit));
    assertEquals(rule, refused.rule(), refused.getMessage());
  }

  private void removeRui() throws Exception {
    team.post(ana, team.removal(rui, new VaultHead(vault, state.head())));
  }

  @Test
  void takesWhatAnEditorWrites() throws Exception {
    FileId file = file();
    Change.Put first = put(file, Optional.empty());
    apply(rui, first);
    apply(rui, put(file, Optional.of(first.revision())));
    assertEquals(3, state.head().seq());
  }

  @Test
  @Tag("D08")
  void refusesWhatAViewerOrAStrangerWrites() throws Exception {
    Actor eva = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.VIEWER));
    Actor other = team.member(ana, TeamRole.OWNER);
    refuses(Rule.NO_WRITE_RIGHT, next(eva, put(file(), Optional.empty())));
    refuses(Rule.NO_WRITE_RIGHT, next(other, put(file(), Optional.empty())));
    refuses(Rule.DEVICE, next(actor(), put(file(), Optional.empty())));
  }

  @Test
  @Tag("H03")
  void refusesACommitThatARemovedEditorBackDates() throws Exception {
    Head whileMember = team.state().head();
    Signed<Commit> inTime =
        team.commit(rui, vault, state.head(), whileMember, put(file(), Optional.empty()));
    state = state.apply(team.state(), inTime);
    removeRui();
    Signed<Commit> backDated =
        team.commit(rui, vault, state.head(), whileMember, put(file(), Optional.empty()));
    refuses(Rule.BEYOND_THE_END, backDated);
    refuses(Rule.NO_WRITE_RIGHT, next(rui, put(file(), Optional.empty())));
  }

  @Test
  void tellsOfACommitTakenBeforeThatItLiesBeyondTheEndOnceTheEndIsKnown() throws Exception {
    Head named = state.head();
    Signed<Commit> first = next(rui, put(file(), Optional.empty()));
    state = state.apply(team.state(), first);
    assertTrue(stands(first));
    team.post(ana, team.removal(rui, new VaultHead(vault, named)));
    assertFalse(stands(first));
  }

  private boolean stands(Signed<Commit> signed) {
    Commit commit = signed.value();
    return team.state()
        .writeRight(vault, commit.author(), commit.device(), commit.teamHead().seq())
        .filter(right -> VaultRules.stands(right, commit.seq(), commit.changes()))
        .isPresent();
  }

  @Test
  @Tag("H03")
  void keepsWhatARemovedEditorWroteBefore() throws Exception {
    apply(rui, put(file(), Optional.empty()));
    List<Signed<Commit>> history =
        List.of(
            team.commit(
                ana, vault, state.head(), team.state().head(), put(file(), Optional.empty())));
    removeRui();
    state = state.apply(team.state(), history.getFirst());
    assertEquals(3, state.head().seq());
  }

  @Test
  void refusesWhatIsBeyondALoweredRoleAndTakesItAgainOnceRaised() throws Exception {
    Head asEditor = team.state().head();
    VaultHead here = new VaultHead(vault, state.head());
    team.post(ana, new Body.Grant(rui.id(), here, VaultRole.VIEWER, Optional.empty()));
    refuses(
        Rule.BEYOND_THE_END,
        team.commit(rui, vault, state.head(), asEditor, put(file(), Optional.empty())));
    team.post(ana, new Body.Grant(rui.id(), here, VaultRole.EDITOR, Optional.empty()));
    apply(rui, put(file(), Optional.empty()));
  }

  @Test
  @Tag("E02")
  void refusesATeamHeadThatIsUnknownOrOlderThanThePreviousCommits() throws Exception {
    Head early = team.state().head();
    team.vault(ana);
    apply(ana, put(file(), Optional.empty()));
    refuses(
        Rule.OLDER_TEAM_HEAD,
        team.commit(ana, vault, state.head(), early, put(file(), Optional.empty())));
    Head unknown = new Head(team.state().head().seq(), Hash.ZERO);
    refuses(
        Rule.TEAM_HEAD,
        team.commit(ana, vault, state.head(), unknown, put(file(), Optional.empty())));
  }

  @Test
  @Tag("E09")
  void refusesAnotherPlaceInTheChain() throws Exception {
    Signed<Commit> second = next(ana, put(file(), Optional.empty()));
    apply(ana, put(file(), Optional.empty()));
    refuses(Rule.PLACE, second);
  }

  @Test
  void refusesACommitWhereTheLogNamesAnother() throws Exception {
    VaultHead named = new VaultHead(vault, new Head(2, new Hash(TestTeam.random(32))));
    Actor eva = team.member(ana, TeamRole.MEMBER);
    team.post(ana, new Body.Grant(eva.id(), named, VaultRole.VIEWER, Optional.empty()));
    refuses(Rule.FORK, next(ana, put(file(), Optional.empty())));
  }

  @Test
  void holdsAFileToItsLastRevision() throws Exception {
    FileId file = file();
    Change.Put first = put(file, Optional.empty());
    apply(ana, first);
    refuses(Rule.PREVIOUS, next(ana, put(file, Optional.empty())));
    refuses(Rule.PREVIOUS, next(ana, put(file, Optional.of(revision()))));
    refuses(Rule.PREVIOUS, next(ana, new Change.Delete(file(), first.revision())));
    refuses(Rule.REVISION, next(ana, again(first)));
    apply(ana, new Change.Delete(file, first.revision()));
    refuses(Rule.PREVIOUS, next(ana, new Change.Delete(file, first.revision())));
    apply(ana, put(file, Optional.of(first.revision())));
  }

  private static Change.Put again(Change.Put first) {
    return new Change.Put(
        first.file(),
        first.revision(),
        Optional.of(first.revision()),
        first.blob(),
        first.record());
  }

  @Test
  void refusesTwoChangesOfOneFileInACommit() throws Exception {
    FileId file = file();
    refuses(Rule.TWICE, next(ana, put(file, Optional.empty()), put(file, Optional.empty())));
  }

  @Test
  void keepsTheVaultsNameToManagersAndForGood() throws Exception {
    RevisionId named = state.file(FileId.NAME).orElseThrow().last();
    refuses(Rule.VAULT_ROLE_TOO_LOW, next(rui, name(Optional.of(named))));
    refuses(Rule.NAME, next(ana, new Change.Delete(FileId.NAME, named)));
    refuses(Rule.NAME, next(ana, put(FileId.NAME, Optional.of(named))));
    VaultId fresh = team.vault(ana);
    VaultState unnamed = VaultState.start(fresh);
    Signed<Commit> first =
        team.commit(ana, fresh, unnamed.head(), team.state().head(), put(file(), Optional.empty()));
    RuleException refused =
        assertThrows(RuleException.class, () -> unnamed.apply(team.state(), first));
    assertEquals(Rule.NAME, refused.rule());
  }

  @Test
  void purgesOnlySupersededOrDeletedRevisionsAndOnlyForManagers() throws Exception {
    FileId file = file();
    Change.Put first = put(file, Optional.empty());
    Change.Put second = put(file, Optional.of(first.revision()));
    apply(ana, first);
    apply(ana, second);
    refuses(Rule.VAULT_ROLE_TOO_LOW, next(rui, new Change.Purge(file, List.of(first.revision()))));
    refuses(Rule.PURGE, next(ana, new Change.Purge(file, List.of(second.revision()))));
    refuses(Rule.PURGE, next(ana, new Change.Purge(file(), List.of(first.revision()))));
    apply(ana, new Change.Purge(file, List.of(first.revision())));
    refuses(Rule.PURGE, next(ana, new Change.Purge(file, List.of(first.revision()))));
  }

  @Test
  void namesEachRevisionOnce() throws Exception {
    FileId file = file();
    Change.Put first = put(file, Optional.empty());
    Change.Put twin =
        new Change.Put(file(), first.revision(), Optional.empty(), first.blob(), first.record());
    refuses(Rule.TWICE, next(ana, first, twin));
    apply(ana, first);
    apply(ana, put(file, Optional.of(first.revision())));
    refuses(
        Rule.TWICE, next(ana, new Change.Purge(file, List.of(first.revision(), first.revision()))));
    assertEquals(Set.of(FileId.NAME, file), state.files().keySet());
    assertEquals(
        List.of(first, twin),
        next(ana, first, new Change.Delete(file, first.revision()), twin).value().puts());
  }

  @Test
  void refusesACommitThatIsNotSignedByADeviceOfItsAuthor() throws Exception {
    Change.Put change = put(file(), Optional.empty());
    Signed<Commit> right = next(ana, change);
    SignedBytes unsigned = new SignedBytes(right.bytes().payload(), Bytes.zeros(64));
    refuses(Rule.SIGNATURE, Commit.read(unsigned));
    Actor asAna = new Actor(ana.id(), rui.device(), ana.memberKey());
    refuses(Rule.DEVICE, next(asAna, change));
    Signed<Commit> mislabelled =
        new Signed<>(right.value(), right.bytes(), Label.ENTRY, right.hash());
    refuses(Rule.SIGNATURE, mislabelled);
  }

  @Test
  void takesTheCommitThatTheLogNames() throws Exception {
    Signed<Commit> commit = next(ana, put(file(), Optional.empty()));
    Actor eva = team.member(ana, TeamRole.MEMBER);
    VaultHead named = new VaultHead(vault, new Head(2, commit.hash()));
    team.post(ana, new Body.Grant(eva.id(), named, VaultRole.VIEWER, Optional.empty()));
    state = state.apply(team.state(), commit);
    assertEquals(named.head(), state.head());
  }

  @Test
  void refusesAVaultThatIsNotTheTeams() throws Exception {
    VaultId unknown = new VaultId(TestTeam.random(32));
    VaultState empty = VaultState.start(unknown);
    Signed<Commit> first =
        team.commit(ana, unknown, empty.head(), team.state().head(), name(Optional.empty()));
    RuleException refused =
        assertThrows(RuleException.class, () -> empty.apply(team.state(), first));
    assertEquals(Rule.VAULT, refused.rule());
  }

  /// As if it had been read from so many bytes, or held so many changes.
  @Test
  void isAtMost4MiBAndFrom1To4096Changes() throws Exception {
    Signed<Commit> right = next(ana, put(file(), Optional.empty()));
    refuses(Rule.SIGNATURE, ofLength(right.value(), SignedBytes.MAX_PAYLOAD));
    refuses(Rule.LIMIT, ofLength(right.value(), SignedBytes.MAX_PAYLOAD + 1));
    refuses(Rule.SIGNATURE, ofLength(ofChanges(right.value(), Commit.MAX_CHANGES), 1));
    refuses(Rule.LIMIT, ofLength(ofChanges(right.value(), Commit.MAX_CHANGES + 1), 1));
    refuses(Rule.LIMIT, ofLength(ofChanges(right.value(), 0), 1));
  }

  private static Signed<Commit> ofLength(Commit commit, int length) {
    SignedBytes bytes = new SignedBytes(Bytes.zeros(length), Bytes.zeros(64));
    return new Signed<>(commit, bytes, Label.COMMIT, Hash.ZERO);
  }

  private static Commit ofChanges(Commit commit, int count) {
    return new Commit(
        commit.team(),
        commit.vault(),
        commit.seq(),
        commit.prev(),
        commit.teamHead(),
        commit.author(),
        commit.device(),
        commit.time(),
        Collections.nCopies(count, commit.changes().getFirst()));
  }
}
