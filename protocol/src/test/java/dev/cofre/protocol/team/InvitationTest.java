package dev.cofre.protocol.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Invited;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long an invitation can be used: until the millisecond before its end, by the time of the join.
class InvitationTest {
  private TestTeam team;
  private Actor newcomer;
  private Signed<Entry> join;
  private long end;

  @BeforeEach
  void invite() throws Exception {
    Actor ana = TestTeam.actor();
    team = TestTeam.startedBy(ana);
    Invited invited = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
    newcomer = TestTeam.actor();
    join = team.join(newcomer, invited);
    end = team.state().invitations().get(invited.id()).invite().expires();
  }

  private Signed<Entry> joinAt(long time) throws Exception {
    Entry entry = team.next(newcomer, newcomer.device(), join.value().body(), time);
    return Entry.read(
        TestTeam.sign(Label.ENTRY, Entry.CODEC.encode(entry), newcomer.device().signer()));
  }

  @Test
  @Tag("B13")
  void refusesAJoinAfterTheEnd() throws Exception {
    for (long time : new long[] {end, end + 1, Long.MAX_VALUE}) {
      Signed<Entry> late = joinAt(time);
      RuleException refused = assertThrows(RuleException.class, () -> team.state().apply(late));
      assertEquals(Rule.INVITE, refused.rule());
    }
  }

  @Test
  void takesAJoinUntilTheEnd() throws Exception {
    team.post(joinAt(end - 1));
    assertEquals(2, team.state().members().size());
  }
}
