package dev.cofre.protocol.fuzz;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Cast;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Laws;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Computer;

/// A team log, step by step. Each step is a byte that says whose device signs, one that says who signs the statement inside, and a piece:
/// the CBOR of a body, or with the highest bit a whole entry. Signatures are made here, so that the rules behind them are reached. Every
/// step is applied or refused by a rule, and every state obeys the [Laws].
public final class EntriesTarget {
  private static final Cast CAST = Cast.fixed();
  private static final Codec<Body> BODY = Codec.of(Body.class);
  private static final int MAX_STEPS = 24;
  private static final int WHOLE = 0x80;
  private static final TeamState START = start();

  private EntriesTarget() {}

  private static TeamState start() {
    try {
      return TestTeam.startedBy(CAST.person(0)).state();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    run(input);
  }

  /// The state after all steps that the rules let pass.
  static TeamState run(byte[] input) {
    Input in = new Input(input);
    TeamState state = START;
    for (int i = 0; i < MAX_STEPS && in.hasMore(); i++) {
      state = step(state, in.number(), in.number(), in.piece());
    }
    return state;
  }

  private static TeamState step(TeamState state, int who, int inner, byte[] piece) {
    try {
      Signed<Entry> entry = (who & WHOLE) != 0 ? whole(who, piece) : of(state, who, inner, piece);
      TeamState next = state.apply(entry);
      Laws.require(state, next);
      return next;
    } catch (MalformedException | RuleException _) {
      return state;
    }
  }

  private static Signed<Entry> whole(int who, byte[] payload) throws MalformedException {
    if (payload.length == 0) {
      throw new MalformedException("nothing to sign");
    }
    return Entry.read(TestTeam.sign(Label.ENTRY, payload, device(who).signer()));
  }

  private static Computer device(int who) {
    return CAST.signer(who & 7, (who >> 3) & 3);
  }

  private static Signed<Entry> of(TeamState state, int who, int inner, byte[] piece)
      throws MalformedException {
    Computer device = device(who);
    return TestTeam.sign(
        new Entry(
            state.id(),
            state.head().seq() + 1,
            state.head().hash(),
            CAST.person(who & 7).id(),
            device.keys().id(),
            who >> 5,
            resigned(BODY.decode(piece), inner)),
        device.signer());
  }

  private static Body resigned(Body body, int inner) {
    return switch (body) {
      case Body.Join(SignedBytes statement) ->
          new Body.Join(
              TestTeam.sign(Label.JOIN, bytes(statement.payload()), CAST.invitation(inner).key()));
      case Body.DeviceAdd(SignedBytes statement, var seed) ->
          new Body.DeviceAdd(
              TestTeam.sign(Label.DEVICE, bytes(statement.payload()), device(inner).signer()),
              seed);
      default -> body;
    };
  }

  private static byte[] bytes(Bytes payload) {
    return payload.toArray();
  }
}
