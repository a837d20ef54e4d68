package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;

/// What it means that bytes cannot be read or that a rule is broken: different things for what a server shows and for what this
/// device is about to do.
final class Judgement {
  private Judgement() {}

  static CofreException unreadable(String what, MalformedException e) {
    if (e instanceof UpdateNeededException) {
      return new Unsupported(what + " is of a newer version", "Update Cofre to go on.");
    }
    return new Malformed(what + " cannot be read: " + e.getMessage());
  }

  /// The server showed something that no honest author signed.
  static CofreException shown(String what, RuleException e) {
    return switch (e.rule()) {
      case UPDATE_NEEDED ->
          new Unsupported(what + " needs a newer version", "Update Cofre to go on.");
      case FORK -> Forks.claimed(what + " contradicts the team log");
      default -> new Tampered(what);
    };
  }

  /// What this device was asked to do is against the rules.
  static CofreException refused(RuleException e) {
    Problem problem =
        switch (e.rule()) {
          case ROLE_TOO_LOW, VAULT_ROLE_TOO_LOW, NO_WRITE_RIGHT, AUTHOR, DEVICE ->
              Problem.NOT_ALLOWED;
          default -> Problem.RULE_BROKEN;
        };
    return new Refused(
        problem.code(),
        problem.status(),
        "not allowed (" + e.rule().code() + "): " + e.getMessage());
  }

  static boolean isRule(Rule rule, RuleException e) {
    return e.rule() == rule;
  }
}
