package dev.cofre.server.domain;

import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import dev.cofre.protocol.team.RuleException;
import java.util.Optional;

/// The server says no, by one of the [Problem]s. Stackless, because it is an answer and not a fault. The detail is for
/// people and holds nothing that the caller may not know.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  /// A refusal with a detail for people.
  public Refusal(Problem problem, String detail) {
    super(detail, null, false, false);
    this.problem = problem;
  }

  /// Nothing that the caller may know of is there: the same answer whether it does not exist or is not theirs.
  public static Refusal notFound() {
    return new Refusal(Problem.NOT_FOUND, "nothing here for you");
  }

  /// Refuses as [#notFound] does when there is nothing.
  public static void unlessFound(Optional<?> something) {
    if (something.isEmpty()) {
      throw notFound();
    }
  }

  /// Bytes that cannot be read.
  public static Refusal of(MalformedException malformed) {
    return switch (malformed) {
      case UpdateNeededException _ ->
          new Refusal(Problem.UPDATE_NEEDED, String.valueOf(malformed.getMessage()));
      case MalformedException _ ->
          new Refusal(Problem.MALFORMED, String.valueOf(malformed.getMessage()));
    };
  }

  /// An entry or commit that breaks a rule.
  public static Refusal of(RuleException broken) {
    Problem problem =
        switch (broken.rule()) {
          case PLACE -> Problem.STALE_HEAD;
          case AUTHOR, DEVICE, ROLE_TOO_LOW, VAULT_ROLE_TOO_LOW, NO_WRITE_RIGHT ->
              Problem.NOT_ALLOWED;
          case UPDATE_NEEDED -> Problem.UPDATE_NEEDED;
          default -> Problem.RULE_BROKEN;
        };
    return new Refusal(problem, String.valueOf(broken.getMessage()));
  }

  /// Which problem it is.
  public Problem problem() {
    return problem;
  }

  /// Refuses unless the condition holds.
  public static void unless(boolean condition, Problem problem, String detail) {
    if (!condition) {
      throw new Refusal(problem, detail);
    }
  }
}
