package dev.cofre.protocol.fuzz;

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
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Cast;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.VaultGrant;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.VaultState;
import java.util.List;
import java.util.Optional;

/// A vault's history, step by step, in a team of a manager, an editor, a viewer, somebody who was an editor, and somebody without a role.
/// Each step is a byte that says who signs, one for the team head, and a piece: the CBOR of a list of changes, or with the highest bit a
/// whole commit. Every step is applied or refused by a rule, and no file is lost or changed but by a change that names it.
public final class CommitsTarget {
  /// The changes of one step.
  public record Changes(@Length(min = 1, max = Commit.MAX_CHANGES) List<Change> changes) {}

  static final Codec<Changes> CHANGES = Codec.of(Changes.class);

  private static final Cast CAST = Cast.fixed();
  private static final int MAX_STEPS = 24;
  private static final int WHOLE = 0x80;
  private static final Scene SCENE = scene();

  private record Scene(TestTeam team, VaultId vault, VaultState state) {}

  private CommitsTarget() {}

  private static Scene scene() {
    try {
      TestTeam team = TestTeam.startedBy(CAST.person(0));
      team.post(CAST.person(0), new Body.VaultCreate(Bytes.zeros(16)));
      VaultId vault = new VaultId(team.state().head().hash().value());
      join(team, 1, new VaultGrant(TestTeam.empty(vault), VaultRole.EDITOR));
      join(team, 2, new VaultGrant(TestTeam.empty(vault), VaultRole.VIEWER));
      join(team, 3, new VaultGrant(TestTeam.empty(vault), VaultRole.EDITOR));
      join(team, 4);
      Change.Put name =
          new Change.Put(
              FileId.NAME,
              new RevisionId(Bytes.zeros(16)),
              Optional.empty(),
              Optional.empty(),
              Hash.ZERO);
      Signed<Commit> first =
          team.commit(CAST.person(0), vault, Head.ofEmpty(vault), team.state().head(), name);
      VaultState state = VaultState.start(vault).apply(team.state(), first);
      team.post(CAST.person(0), team.removal(CAST.person(3), new VaultHead(vault, state.head())));
      return new Scene(team, vault, state);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(TestTeam team, int number, VaultGrant... vaults) throws Exception {
    Actor who = CAST.person(number);
    TestTeam.Invited place = CAST.invitation(number);
    team.post(
        CAST.person(0), TestTeam.invitation(place, TeamRole.MEMBER, JoinMode.AT_ONCE, vaults));
    team.post(team.join(who, place));
  }

  public static void fuzzerTestOneInput(byte[] input) {
    run(input);
  }

  /// The vault after all steps that the rules let pass.
  static VaultState run(byte[] input) {
    Input in = new Input(input);
    VaultState state = SCENE.state();
    for (int i = 0; i < MAX_STEPS && in.hasMore(); i++) {
      state = step(state, in.number(), in.number(), in.piece());
    }
    return state;
  }

  private static VaultState step(VaultState state, int who, int at, byte[] piece) {
    try {
      Signed<Commit> commit = (who & WHOLE) != 0 ? whole(who, piece) : of(state, who, at, piece);
      VaultState next = state.apply(SCENE.team().state(), commit);
      require(state, next, commit.value());
      return next;
    } catch (MalformedException | RuleException _) {
      return state;
    }
  }

  private static Signed<Commit> whole(int who, byte[] payload) throws MalformedException {
    if (payload.length == 0) {
      throw new MalformedException("nothing to sign");
    }
    return Commit.read(
        TestTeam.sign(Label.COMMIT, payload, CAST.person(who & 7).device().signer()));
  }

  private static Signed<Commit> of(VaultState state, int who, int at, byte[] piece)
      throws MalformedException {
    long seq = at % (SCENE.team().state().head().seq() + 1);
    Head teamHead = new Head(seq, SCENE.team().state().hashAt(seq).orElseThrow());
    return SCENE
        .team()
        .commit(
            CAST.person(who & 7),
            SCENE.vault(),
            state.head(),
            teamHead,
            CHANGES.decode(piece).changes().toArray(Change[]::new));
  }

  private static void require(VaultState before, VaultState after, Commit commit) {
    boolean writer =
        commit.author().equals(CAST.person(0).id()) || commit.author().equals(CAST.person(1).id());
    boolean grown = after.head().seq() == before.head().seq() + 1;
    boolean kept =
        before.files().entrySet().stream()
            .filter(e -> commit.changes().stream().noneMatch(c -> c.file().equals(e.getKey())))
            .allMatch(e -> after.file(e.getKey()).filter(e.getValue()::equals).isPresent());
    boolean named = after.file(FileId.NAME).filter(f -> !f.deleted()).isPresent();
    if (!writer || !grown || !kept || !named) {
      throw new IllegalStateException("broken by " + commit);
    }
  }
}
