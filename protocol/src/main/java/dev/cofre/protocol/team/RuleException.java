package dev.cofre.protocol.team;

/// An entry or commit that breaks a [Rule]. Stackless: raised on untrusted input, possibly often.
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rule rule;

  /// A refusal by `rule`; the message is a detail for people and contains no foreign text.
  public RuleException(Rule rule, String message) {
    super(rule.code() + ": " + message, null, false, false);
    this.rule = rule;
  }

  /// Refuses unless the condition holds.
  public static void require(boolean condition, Rule rule, String message) throws RuleException {
    if (!condition) {
      throw new RuleException(rule, message);
    }
  }

  /// The rule that is broken.
  public Rule rule() {
    return rule;
  }
}
