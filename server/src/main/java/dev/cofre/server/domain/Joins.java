package dev.cofre.server.domain;

import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import java.time.Instant;
import java.util.Optional;

/// What the server asks of a join beyond the rules of the log: an invitation that has not expired by the server's clock, and
/// the profile whose hash it holds.
final class Joins {
  private Joins() {}

  /// The invitation of a join; empty for any other entry.
  static Optional<InviteId> inviteOf(Body body) {
    return statement(body).map(JoinStatement::invite);
  }

  /// The profile that an entry brings.
  ///
  /// @throws Refusal when a join lacks its profile, or another entry brings one
  static Optional<Profile> requireProfile(Body body, Optional<Profile> profile) {
    boolean right = profile.map(Profile::hash).equals(statement(body).map(JoinStatement::profile));
    Refusal.unless(right, Problem.MALFORMED, "a join, and nothing else, brings its profile");
    profile.ifPresent(Teams::requirePlain);
    return profile;
  }

  /// @throws Refusal when a join's invitation is not open, or has expired
  static void requireUsable(Body body, TeamState team, Instant now) {
    inviteOf(body)
        .ifPresent(id ->
            Refusal.unless(
                isUsable(team, id, now),
                Problem.INVITE_UNUSABLE,
                "the invitation was used, cancelled or has expired"));
  }

  /// Whether somebody can still join by an invitation.
  static boolean isUsable(TeamState team, InviteId id, Instant now) {
    return Optional.ofNullable(team.invitations().get(id))
        .filter(Invitation::open)
        .filter(i -> now.toEpochMilli() < i.invite().expires())
        .isPresent();
  }

  /// The refusal of an entry that breaks a rule.
  static Refusal refusal(Body body, RuleException broken) {
    boolean unusable = broken.rule() == Rule.INVITE || broken.rule() == Rule.INVITER;
    return body instanceof Body.Join && unusable
        ? new Refusal(Problem.INVITE_UNUSABLE, String.valueOf(broken.getMessage()))
        : Refusal.of(broken);
  }

  private static Optional<JoinStatement> statement(Body body) {
    if (!(body instanceof Body.Join join)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JoinStatement.CODEC.decode(join.statement().payload().toArray()));
    } catch (MalformedException malformed) {
      throw Refusal.of(malformed);
    }
  }
}
