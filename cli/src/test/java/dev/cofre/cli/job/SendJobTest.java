package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.cli.terminal.Keyboard;
import dev.cofre.cli.terminal.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files and passwords go to people outside the team by links.
class SendJobTest {
  @TempDir private Path directory;

  private Office office;
  private Actor ana;
  private Actor client;

  @BeforeEach
  void open() throws IOException {
    office = Office.open(directory);
    ana = office.owner();
    client = office.actor("Marta Client");
  }

  @AfterEach
  void close() {
    office.close();
  }

  private Path inbox(String name) throws IOException {
    return Files.createDirectories(client.directory().resolve(name));
  }

  /// A command that reads what somebody types.
  private static Answer typing(Actor who, String text, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Keyboard.nobody(),
            Set.of(),
            Map.of(
                "COFRE_HOME",
                who.home().toString(),
                "COFRE_PASSPHRASE_FILE",
                who.directory().resolve("passphrase").toString()),
            who.directory(),
            InstantSource.system(),
            ZoneOffset.UTC,
            Locale.ENGLISH);
    int exit = Main.run(words, shell);
    Answer answer =
        new Answer(
            exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    assertEquals(0, exit, answer::err);
    return answer;
  }

  @Test
  void aFileIsSentReceivedShownAndRevoked() throws IOException {
    byte[] content = new byte[3 << 20];
    new Random(5).nextBytes(content);
    Office.file(ana, "Relatório 2026.bin", content);
    Office.file(ana, "local.txt", new byte[] {1, 2, 3});
    office.succeed(ana, "put", "Relatório 2026.bin", VAULT + ":/");
    Answer made =
        office.succeed(
            ana,
            "send",
            VAULT + ":/Relatório 2026.bin",
            "local.txt",
            "--to",
            "Marta",
            "--to",
            "Nuno",
            "--opens",
            "2",
            "--note",
            "as agreed",
            "--json");
    List<String> lines = made.out().lines().toList();
    assertEquals(2, lines.size());
    String link = made.field("link");
    Path inbox = inbox("inbox");
    office.succeed(client, "receive", link, inbox.toString());
    assertArrayEquals(content, Files.readAllBytes(inbox.resolve("Relatório 2026.bin")));
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(inbox.resolve("local.txt")));
    try (var files = Files.list(inbox)) {
      assertEquals(2, files.count());
    }
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(ana, "ls", VAULT + ":/");
    Answer shown = office.succeed(rui, "send", "show", made.field("sendId").substring(0, 8));
    for (String part :
        List.of("Marta", "as agreed", "Relatório 2026.bin", "local.txt", "127.0.0.0/24")) {
      assertTrue(shown.out().contains(part), shown.out());
    }
    assertTrue(office.succeed(ana, "send", "list").out().contains("1/2"));
    office.succeed(rui, "send", "revoke", made.field("sendId"), "--yes");
    Answer refused = office.expect(5, client, "receive", link, inbox("again").toString());
    assertTrue(refused.err().contains("ended"), refused.err());
    String other = lines.getLast().replaceAll(".*\"link\":\"([^\"]*)\".*", "$1");
    assertNotEquals(link, other);
    office.succeed(client, "receive", other, inbox("other").toString());
    assertTrue(office.succeed(ana, "log", VAULT).out().contains("ended send"));
  }

  @Test
  void aPasswordIsSentWithAPasscodeAndOpensOnce() throws IOException {
    Answer made =
        typing(
            ana,
            "correct horse battery",
            "send",
            "--text",
            "-",
            "--opens",
            "1",
            "--passcode",
            "--json");
    Path file =
        Files.writeString(client.directory().resolve("passcode"), made.field("passcode") + "\n");
    Path wrong = Files.writeString(client.directory().resolve("wrong"), "dado-dado-dado-dado");
    String inbox = inbox("inbox").toString();
    String link = made.field("link");
    office.expect(2, client, "receive", link, inbox);
    office.expect(5, client, "receive", link, inbox, "--passcode-file", wrong.toString());
    Answer received =
        office.succeed(
            client, "receive", link, inbox, "--passcode-file", file.toString(), "--json");
    assertEquals("correct horse battery", received.field("text"));
    Answer again =
        office.expect(5, client, "receive", link, inbox, "--passcode-file", file.toString());
    assertTrue(again.err().contains("as often as"), again.err());
  }

  @Test
  void aMembersSendsEndWithThem() throws IOException {
    Actor rui = office.member(ana, "Rui Costa", "editor");
    Office.file(rui, "a.txt", new byte[] {1});
    Answer made = office.succeed(rui, "send", "a.txt", "--json");
    office.succeed(ana, "member", "remove", "Rui Costa", "--yes");
    office.expect(5, client, "receive", made.field("link"), inbox("inbox").toString());
    assertTrue(office.succeed(ana, "send", "list", "--json").out().contains("\"state\":\"ended\""));
    office.expect(5, ana, "send", "extend", made.field("sendId"), "--expires", "1w");
  }

  @Test
  void isExtendedAndNeverShortened() throws IOException {
    Office.file(ana, "a.txt", new byte[] {1});
    Answer made = office.succeed(ana, "send", "a.txt", "--expires", "1w", "--json");
    office.expect(2, ana, "send", "extend", made.field("sendId"), "--expires", "1d");
    office.succeed(ana, "send", "extend", made.field("sendId"), "--expires", "3m");
    office.expect(2, ana, "send", "extend", made.field("sendId"), "--expires", "6y");
  }

  @Test
  void whatIsAskedWrongMakesNoSend() throws IOException {
    Office.file(ana, "a.txt", new byte[] {1});
    office.expect(2, ana, "send");
    office.expect(2, ana, "send", "--text", "a secret on the command line");
    office.expect(2, ana, "send", "a.txt", "--text", "-");
    office.expect(2, ana, "send", "a.txt", "--expires", "0d");
    office.expect(2, ana, "send", "a.txt", "--opens", "0");
    office.expect(4, ana, "send", VAULT + ":/nothing.txt");
    office.expect(4, ana, "send", "show", "00000000");
    Answer plan = office.succeed(ana, "send", "a.txt", "--dry-run");
    assertTrue(plan.out().contains("a.txt"), plan.out());
    assertFalse(office.succeed(ana, "send", "list").out().contains("open"));
    office.expect(2, client, "receive", "https://cofre.example.com/s/ab#v1.x");
    String none = office.url() + "/s/" + "ab".repeat(16) + "#v1." + "A".repeat(64);
    office.expect(4, client, "receive", none);
  }
}
