package dev.cofre.protocol.team;

import dev.cofre.protocol.MemberId;

/// An invitation and what became of it. `seq` is the place of its entry in the log.
public record Invitation(Body.Invite invite, MemberId inviter, long seq, State state) {
  /// What became of an invitation.
  public sealed interface State {
    /// Nobody joined yet.
    record Open() implements State {}

    /// Somebody joined and waits for the confirmation.
    record Waiting(MemberId member) implements State {}

    /// Somebody is a member by it.
    record Used(MemberId member) implements State {}

    /// Nobody can join by it any more.
    record Cancelled() implements State {}
  }

  /// Whether somebody can still join by it.
  public boolean open() {
    return state instanceof State.Open;
  }

  Invitation now(State next) {
    return new Invitation(invite, inviter, seq, next);
  }
}
