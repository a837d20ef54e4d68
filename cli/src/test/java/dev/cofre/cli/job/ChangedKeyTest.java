package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.terminal.Keyboard;
import dev.cofre.cli.terminal.Shell;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.keys.Identity;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.server.LyingServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server shows another key for a colleague, and somebody who is tired of questions types commands.
class ChangedKeyTest {
  private final List<String> questions = new ArrayList<>();

  /// Says yes to everything.
  private final class Tired implements Keyboard {
    @Override
    public Optional<String> line(String prompt) {
      questions.add(prompt);
      return Optional.of("yes");
    }

    @Override
    public Optional<char[]> secret(String prompt) {
      return line(prompt).map(String::toCharArray);
    }
  }

  private int type(Actor actor, ByteArrayOutputStream said, String... words) {
    InputStream yes = new ByteArrayInputStream("yes\nyes\ny\n".getBytes(StandardCharsets.UTF_8));
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            yes,
            both,
            both,
            new Tired(),
            Set.of(Shell.Stream.values()),
            Map.of(
                "COFRE_HOME", actor.home().toString(),
                "COFRE_PASSPHRASE_FILE", actor.directory().resolve("passphrase").toString(),
                "TERM", "dumb"),
            actor.directory(),
            InstantSource.system(),
            ZoneOffset.UTC,
            Locale.ENGLISH);
    return Main.run(words, shell);
  }

  /// The colleague's next key by somebody who has none of their devices, behind the log as it is.
  private static SignedBytes anotherKey(LyingServer server) throws Exception {
    Entry join = Entry.read(server.last()).value();
    Identity nobody = Identity.ofNewMember(RandomSource.system());
    Body rekey =
        new Body.MemberRekey(
            nobody.newestKey().orElseThrow().publicKey(),
            List.of(new WrappedSeed(join.device(), RandomSource.system().bytes(1168))),
            RandomSource.system().bytes(104),
            List.of());
    Entry entry =
        new Entry(
            join.team(),
            server.head().seq() + 1,
            server.head().hash(),
            join.author(),
            join.device(),
            join.time() + 1,
            rekey);
    return nobody.sign(Label.ENTRY, Entry.CODEC.encode(entry));
  }

  @Test
  @Tag("B17")
  void endsEveryCommandAndNobodyIsAskedToGoOn(@TempDir Path directory) throws Exception {
    try (LyingServer server = LyingServer.open();
        Office office = Office.at(server.uri(), server::leadTo, directory)) {
      Actor ana = office.owner();
      Actor rui = office.member(ana, "Rui Costa", "editor");
      Path file = Office.file(ana, "a.txt", new byte[] {1});
      office.succeed(ana, "put", file.toString(), VAULT + ":/");
      office.succeed(rui, "ls", VAULT + ":/");
      server.show(anotherKey(server));
      List<String[]> commands =
          List.of(
              new String[] {"ls", VAULT + ":/"},
              new String[] {"put", file.toString(), VAULT + ":/b.txt"},
              new String[] {"get", VAULT + ":/a.txt", directory.resolve("out").toString()},
              new String[] {"member", "list"},
              new String[] {"member", "show", "Rui Costa"},
              new String[] {"vault", "grant", VAULT, "Rui Costa", "--role", "manager"},
              new String[] {"invite", "eva@example.com", "--vault", VAULT + ":editor"},
              new String[] {"team", "verify"},
              new String[] {"verify", VAULT});
      for (String[] words : commands) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = type(ana, said, words);
        String text = String.join(" ", words) + ": " + said.toString(StandardCharsets.UTF_8);
        assertEquals(12, exit, text);
        assertFalse(
            text.toLowerCase(Locale.ROOT)
                .matches("(?s).*(continue anyway|--force|trust the new|accept the).*"),
            text);
      }
      assertEquals(List.of(), questions);
      server.tellTheTruth();
      assertTrue(office.succeed(ana, "ls", VAULT + ":/").out().contains("a.txt"));
      assertFalse(office.succeed(rui, "ls", VAULT + ":/").out().contains("b.txt"));
    }
  }
}
