package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.client.Cofre;
import dev.cofre.client.Joined;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Person;
import dev.cofre.client.WhoAmI;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.PairLink;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.team.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Joins a team by an invitation's link, or becomes a further device by the link of another one.
@Command
final class Join extends Verb {
  @Parameters(paramLabel = "LINK")
  private String link = "";

  @Option(names = "--name", paramLabel = "NAME")
  private @Nullable String name;

  @Option(names = "--email", paramLabel = "EMAIL")
  private String email = "";

  @Override
  public Exit run(Run run) throws CofreException {
    Terminal terminal = run.terminal();
    String typed = link.equals("-") ? Answers.line(run, "prompt.link") : link;
    run.requireNoDevice();
    if (!PairLink.isLink(typed) && !JoinLink.isLink(typed)) {
      throw run.texts().halt(Exit.USAGE, "link");
    }
    Person me = PairLink.isLink(typed) ? new Person("-", "") : me(run);
    try (Passphrase passphrase = run.freshPassphrase()) {
      Joined joined =
          Cofre.join(
              run.surroundings(),
              run.home(),
              passphrase,
              typed,
              me,
              words -> compare(terminal, words));
      WhoAmI who = run.keep(joined.cofre()).whoAmI();
      terminal.result(
          new Done(who.team(), who.member(), who.device(), joined.standing(), joined.words()),
          run.texts().say("join.done", who.teamName(), who.memberName()));
      if (joined.standing() == Standing.WAITING) {
        terminal.say("join.waiting");
      }
    } catch (Malformed e) {
      throw run.texts().halt(Exit.USAGE, "link");
    }
    return Exit.DONE;
  }

  private Person me(Run run) {
    String person = name == null ? Answers.line(run, "prompt.name") : name;
    return Persons.of(run, person, email);
  }

  private static void compare(Terminal terminal, List<String> words) {
    terminal.say("join.words");
    Words.inLines(words).forEach(line -> terminal.say("line", line));
  }

  private record Done(
      TeamId teamId, MemberId memberId, DeviceId deviceId, Standing standing, List<String> words) {}
}
