package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Cofre;
import dev.cofre.client.Joined;
import dev.cofre.client.Person;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.JoinMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An invitation's link is in the wrong hands too, and these are faster.
class TakenInvitationTest extends EvilTest {
  /// Somebody who follows the link, and the words that they are shown.
  private record Newcomer(Actor actor, List<String> words) {}

  private String invitation(JoinMode mode) throws CofreException {
    return play.company()
        .invite(TeamRole.MEMBER, Map.of(play.company().vault(), VaultRole.EDITOR), mode);
  }

  private Newcomer follow(String link, String home, World shown) throws CofreException {
    List<String> words = new ArrayList<>();
    Line line = new Line(shown);
    Actor actor =
        Actor.begin(
            "Dr. Invited",
            directory.resolve(home),
            line,
            evil,
            play.company().oracles(),
            (surroundings, at, passphrase) -> {
              Joined joined =
                  Cofre.join(
                      surroundings, at, passphrase, link, new Person("Dr. Invited", ""), _ -> {});
              words.addAll(joined.words());
              return joined.cofre();
            });
    return new Newcomer(actor, words);
  }

  private List<String> shown(MemberId member) throws CofreException {
    return ana.run(cofre -> cofre.team().joinWords(member));
  }

  /// Everybody who can write works, and is told that the newcomer lacks everything.
  private void everybodyWorks(MemberId newcomer) throws Exception {
    Commits.Missing lacks =
        new Commits.Missing(List.of(new Commits.Lack(newcomer, 0, Long.MAX_VALUE)));
    int i = 0;
    for (Actor actor : List.of(ana, play.rui(), play.eva())) {
      actor.line().claim(lacks);
      actor.put("/letters/new" + i++ + ".txt", "not for a stranger");
      actor.list();
    }
  }

  /// The one who invited sees the words of who has come, and nothing is theirs before she has said that they are the right ones.
  @Test
  @Tag("B12")
  @Tag("B13")
  @Tag("B14")
  void whoeverTakesItIsSeenBeforeTheyAreGivenAnything() throws Exception {
    String link = invitation(JoinMode.AFTER_CONFIRMATION);
    World then = world.copy();
    Newcomer thief = follow(link, "thief", world);
    assertThrows(CofreException.class, () -> follow(link, "late", world));
    assertNoHome(directory.resolve("late"));
    Newcomer invited = follow(link, "invited", then); // the server tells her that she was the first
    MemberId joined = thief.actor().member();
    evil.ring().add(thief.actor().twin());
    everybodyWorks(joined);

    assertEquals(thief.words(), shown(joined));
    assertNotEquals(invited.words(), shown(joined));
    assertTrue(world.shelf(play.company().vault()).page(joined, 0, 100).bundles().isEmpty());
    thief.actor().fails(NotFound.class, cofre -> cofre.vault(Actor.VAULT));
    invited.actor().line().on(Route.LOG, Script.log(world));
    invited.actor().fails(Forked.class, cofre -> cofre.team().members());

    ana.run(cofre -> {
      cofre.team().cancel(world.state().members().get(joined).invite().orElseThrow());
      return joined;
    });
    everybodyWorks(joined);
    thief.actor().fails(Refused.class, cofre -> cofre.team().members());
    assertTrue(world.shelf(play.company().vault()).page(joined, 0, 100).bundles().isEmpty());
  }

  /// A team's policy goes for every invitation, also for those that were made before it.
  @Test
  @Tag("B14")
  void aTeamThatAlwaysConfirmsGivesNothingBefore() throws Exception {
    String earlier = invitation(JoinMode.AT_ONCE);
    Body policy = new Body.Policy(1, JoinMode.AFTER_CONFIRMATION);
    world.append(new Teams.Append(ana.sign(world, policy).bytes(), Optional.empty()));
    assertThrows(Refused.class, () -> invitation(JoinMode.AT_ONCE));
    Newcomer thief = follow(earlier, "thief", world);
    MemberId joined = thief.actor().member();
    evil.ring().add(thief.actor().twin());
    everybodyWorks(joined);
    thief.actor().fails(NotFound.class, cofre -> cofre.vault(Actor.VAULT));
  }

  /// Whose words agree is let in, and by nobody's word but hers who compared them.
  @Test
  @Tag("B12")
  void whoseWordsAgreeIsGivenWhatWasPromised() throws Exception {
    Newcomer invited = follow(invitation(JoinMode.AFTER_CONFIRMATION), "invited", world);
    MemberId joined = invited.actor().member();
    assertEquals(invited.words(), shown(joined));
    ana.run(cofre -> {
      cofre.team().confirm(joined);
      return joined;
    });
    assertWhole(invited.actor());
    List<Body> confirmed =
        world.log().stream()
            .map(entry -> entry.value().body())
            .filter(Body.Confirm.class::isInstance)
            .toList();
    assertEquals(joined, ((Body.Confirm) confirmed.getLast()).member());
    assertEquals(2, evil.transcript(Route.APPEND_ENTRY).stream().skip(1).count());
  }

  /// Two who have not been shown the same cannot come to the same digits.
  @Test
  @Tag("E04")
  void theDigitsOfTwoAgreeOnlyIfTheyWereShownTheSame() throws Exception {
    Actor eva = play.eva();
    MemberId evas = eva.member();
    MemberId anas = ana.member();
    eva.list();
    assertEquals(digits(ana, evas), digits(eva, anas));
    World other = world.copy();
    eva.line().show(other);
    assertEquals(digits(ana, evas), digits(eva, anas));
    ana.put("/letters/new.txt", "a letter that Eva is not shown");
    assertNotEquals(digits(ana, evas), digits(eva, anas));
    World third = world.copy();
    ana.line().show(third);
    eva.line().show(world);
    assertEquals(digits(ana, evas), digits(eva, anas));
    eva.run(cofre -> cofre.createVault("Of Eva alone").id());
    assertNotEquals(digits(ana, evas), digits(eva, anas));
    assertNotEquals(digits(ana, evas), digits(ana, play.rui().member()));
  }

  private static String digits(Actor actor, MemberId other) throws CofreException {
    String digits = actor.run(cofre -> cofre.team().comparisonCode(other));
    assertTrue(digits.matches("(\\d{5} ){11}\\d{5}"), digits);
    return digits;
  }
}
