package dev.cofre.protocol.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.TestTeam.Actor;

/// That a team refuses an entry by one rule and no other, and stays as it was.
final class Refusals {
  private Refusals() {}

  static void refuses(TestTeam team, Rule rule, Actor author, Body body) throws Exception {
    refuses(team, rule, team.entry(author, body));
  }

  static void refuses(TestTeam team, Rule rule, Signed<Entry> entry) {
    Head before = team.state().head();
    RuleException refused = assertThrows(RuleException.class, () -> team.state().apply(entry));
    assertEquals(rule, refused.rule(), refused.getMessage());
    assertEquals(before, team.state().head());
  }
}
