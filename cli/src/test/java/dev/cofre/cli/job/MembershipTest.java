package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.server.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who is in which vault: ends and beginnings that are less plain than the main job's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipTest {
  private final MovableClock clock = new MovableClock();
  private Office office;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    office = Office.open(directory, clock, settings -> settings);
  }

  @AfterAll
  void close() {
    office.close();
  }

  @Test
  void endsAMembershipAlthoughTheMemberHasAVaultOfTheirOwn() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(rui, "vault", "create", "Só do Rui");
    office.succeed(rui, "put", Office.file(rui, "a.txt", new byte[] {1}).toString(), "Só do Rui:/");
    Answer stopped = office.expect(6, ana, "member", "remove", "Rui Costa", "--yes");
    assertTrue(stopped.err().contains("--leave-without-manager"), stopped.err());
    office.succeed(ana, "member", "remove", "Rui Costa", "--yes", "--leave-without-manager");
    office.expect(5, rui, "get", "Só do Rui:/a.txt", rui.directory().resolve("copy").toString());
  }

  /// In one vault of the member whom Ana removes she may only read.
  @Test
  void sealsAgainWhereItCanAndSaysWhereItCannot() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    Actor eva = office.member(ana, "Eva Dias", "viewer");
    for (int i = 0; i < 3; i++) {
      office.succeed(eva, "vault", "create", "Da Eva " + i);
      office.succeed(eva, "vault", "grant", "Da Eva " + i, "Rui Costa", "--role", "editor");
      office.succeed(eva, "vault", "grant", "Da Eva " + i, "Ana Silva", "--role", "viewer");
    }
    office.succeed(rui, "put", Office.file(rui, "a.txt", new byte[] {1}).toString(), VAULT + ":/");
    Answer removed =
        office.expect(3, ana, "member", "remove", "Rui Costa", "--yes", "--re-encrypt", "--json");
    assertTrue(removed.out().contains("\"versionsReencrypted\":1,"), removed.out());
    assertEquals(3, removed.out().split("not-allowed", -1).length - 1);
  }

  @Test
  void keepsAVaultFromLosingItsLastReaderUnnoticed() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "viewer");
    Actor eva = office.member(ana, "Eva Dias", "viewer");
    office.succeed(rui, "vault", "create", "Par");
    office.succeed(rui, "vault", "grant", "Par", "Eva Dias", "--role", "viewer");
    office.succeed(ana, "member", "remove", "Rui Costa", "--yes", "--leave-without-manager");
    office.expect(6, ana, "member", "remove", "Eva Dias", "--yes");
    assertTrue(office.succeed(eva, "vault", "list").out().contains("Par"));
  }

  @Test
  void showsTheOtherVaultsOfAMemberWhoseDateInOneIsPast() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "viewer");
    office.succeed(ana, "put", Office.file(ana, "a.txt", new byte[] {1}).toString(), VAULT + ":/");
    office.succeed(rui, "ls", VAULT + ":/");
    office.succeed(ana, "vault", "create", "Outro");
    office.succeed(ana, "vault", "grant", "Outro", "Rui Costa", "--role", "editor");
    String today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().toString();
    office.succeed(ana, "vault", "grant", VAULT, "Rui Costa", "--role", "viewer", "--until", today);
    clock.advance(Duration.ofDays(3));
    office.expect(5, rui, "get", VAULT + ":/a.txt", rui.directory().resolve("copy").toString());
    assertTrue(office.succeed(rui, "vault", "list").out().contains("Outro"));
    office.succeed(rui, "put", Office.file(rui, "b.txt", new byte[] {2}).toString(), "Outro:/");
  }

  @Test
  void replacesTheKeyOfAMemberWhoseDateInAVaultIsPast() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    String sheet = office.succeed(rui, "kit", "print").out();
    Actor again = office.actor("Rui Costa");
    Path kit = Office.file(again, "kit", sheet.getBytes(StandardCharsets.UTF_8));
    office.succeed(again, "kit", "restore", "--server", office.url(), "--kit-file", kit.toString());
    String today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().toString();
    office.succeed(ana, "vault", "grant", VAULT, "Rui Costa", "--role", "editor", "--until", today);
    clock.advance(Duration.ofDays(3));
    office.succeed(again, "vault", "create", "Novo");
    String lost = office.succeed(rui, "whoami", "--json").field("deviceId");
    office.succeed(again, "device", "revoke", lost, "--yes");
    office.succeed(again, "put", Office.file(again, "b.txt", new byte[] {2}).toString(), "Novo:/");
  }

  /// As after an answer that was lost: the same command ends well, says so, and changes nothing.
  @Test
  void saysOfWhatWasDoneBeforeThatItWas() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "viewer");
    office.succeed(ana, "put", Office.file(ana, "a.txt", new byte[] {1}).toString(), VAULT + ":/");
    String[] grant = {"vault", "grant", VAULT, "Rui Costa", "--role", "editor"};
    String[] role = {"member", "role", "Rui Costa", "admin"};
    String[] revoke = {"vault", "revoke", VAULT, "Rui Costa", "--yes", "--re-encrypt"};
    String invited = office.succeed(ana, "invite", "eva@example.com", "--json").field("inviteId");
    String[] cancel = {"invite", "cancel", invited, "--yes"};
    String[] remove = {"member", "remove", "Rui Costa", "--yes"};
    twice(ana, grant);
    office.succeed(rui, "ls", VAULT + ":/");
    twice(ana, role);
    Answer ended = twice(ana, revoke);
    assertTrue(ended.out().contains("\"versionsTotal\":2,"), ended.out());
    twice(ana, cancel);
    String kit = office.succeed(ana, "kit", "print", "--json").field("deviceId");
    twice(ana, "device", "revoke", kit, "--yes");
    office.succeed(ana, "vault", "grant", VAULT, "Rui Costa", "--role", "viewer");
    Answer gone = twice(ana, remove);
    assertTrue(gone.out().contains("\"versionsTotal\":2,"), gone.out());
    office.expect(5, rui, "ls", VAULT + ":/");
  }

  private Answer twice(Actor who, String... words) throws IOException {
    String[] inJson = Arrays.copyOf(words, words.length + 1);
    inJson[words.length] = "--json";
    assertEquals("made", office.succeed(who, inJson).field("change"), String.join(" ", words));
    long entries = entries(who);
    Answer second = office.succeed(who, inJson);
    assertEquals("none", second.field("change"));
    Answer third = office.succeed(who, words);
    assertTrue((third.out() + third.err()).contains("already"), third.out() + third.err());
    assertEquals(entries, entries(who));
    return second;
  }

  private long entries(Actor who) throws IOException {
    return office.succeed(who, "team", "log", "--json").out().lines().count();
  }

  /// It may have been meant for another vault.
  @Test
  void refusesToEndWhatNeverWas() throws IOException {
    Actor ana = office.owner();
    office.member(ana, "Rui Costa", "viewer");
    office.succeed(ana, "vault", "create", "Outro cofre");
    office.expect(5, ana, "vault", "revoke", "Outro cofre", "Rui Costa", "--yes");
  }

  @Test
  void showsTwoMembersTheSameDigitsAsLongAsTheySeeTheSame() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(ana, "ls", VAULT + ":/");
    office.succeed(rui, "ls", VAULT + ":/");
    String hers =
        office.succeed(ana, "member", "show", "Rui Costa", "--json").field("comparisonCode");
    String his =
        office.succeed(rui, "member", "show", "Ana Silva", "--json").field("comparisonCode");
    assertTrue(hers.matches("\\d{5}( \\d{5}){11}"), hers);
    assertEquals(hers, his);
    office.succeed(ana, "put", Office.file(ana, "a.txt", new byte[] {1}).toString(), VAULT + ":/");
    String later =
        office.succeed(ana, "member", "show", "Rui Costa", "--json").field("comparisonCode");
    assertNotEquals(hers, later);
  }

  @Test
  void putsOneOfTwoFilesThatWouldComeToOnePath() throws IOException {
    Actor ana = office.owner();
    Path one = Office.file(ana, "um/a.txt", new byte[] {1});
    Path other = Office.file(ana, "outro/a.txt", new byte[] {2});
    Answer partly = office.expect(3, ana, "put", one.toString(), other.toString(), VAULT + ":/");
    assertTrue(partly.err().contains("same path"), partly.err());
    Path copy = ana.directory().resolve("copy");
    office.succeed(ana, "get", VAULT + ":/a.txt", copy.toString());
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(copy));
    office.expect(3, ana, "put", one.toString(), other.toString(), VAULT + ":/");
    assertEquals(
        1, office.succeed(ana, "history", VAULT + ":/a.txt", "--json").out().lines().count());
  }
}
