package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Figures;
import dev.cofre.cli.terminal.Shell;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Cofre;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.keys.SendLink;
import dev.cofre.client.send.Receiving;
import dev.cofre.client.send.Reception;
import dev.cofre.protocol.api.Sends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Opens a send by its link. Needs no device of one's own.
@Command
final class Receive extends ContentVerb {
  @Parameters(index = "0", paramLabel = "LINK")
  private String link = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "DIR")
  private String directory = ".";

  @Option(names = "--passcode-file", paramLabel = "FILE")
  private @Nullable String passcodeFile;

  @Override
  public Exit run(Run run) throws CofreException {
    String typed = link.equals("-") ? Answers.line(run, "prompt.link") : link;
    if (!SendLink.isLink(typed)) {
      throw run.texts().halt(Exit.USAGE, "link");
    }
    Path target = run.terminal().shell().resolve(directory);
    if (!Files.isDirectory(target)) {
      throw run.texts().halt(Exit.NOT_FOUND, "directory-missing", Visible.of(target.toString()));
    }
    try (Receiving receiving = look(run, typed)) {
      announce(run, receiving);
      Optional<char[]> passcode =
          receiving.state().passcode() == Sends.Need.NEEDED
              ? Optional.of(run.terminal().secrecy().passcode(Optional.ofNullable(passcodeFile)))
              : Optional.empty();
      try (Transfer transfer = new Transfer(run.terminal())) {
        Reception reception = receiving.receive(passcode, target, transfer);
        transfer.clear();
        return show(run, reception);
      } finally {
        passcode.ifPresent(secret -> Arrays.fill(secret, '\0'));
      }
    }
  }

  private static Receiving look(Run run, String typed) throws CofreException {
    try {
      SendLink.read(typed).close();
    } catch (Malformed _) {
      throw run.texts().halt(Exit.USAGE, "link");
    }
    return Cofre.look(run.surroundings(), typed);
  }

  private static void announce(Run run, Receiving receiving) {
    Figures figures = run.terminal().figures();
    run.terminal()
        .say(
            receiving.preface().files() == 0 ? "receive.text" : "receive.files",
            receiving.preface().sender(),
            receiving.preface().team(),
            receiving.preface().files(),
            figures.size(receiving.preface().bytes()));
    run.terminal()
        .say(
            "receive.until",
            figures.moment(Instant.ofEpochMilli(receiving.state().expires())),
            receiving.state().left().map(String::valueOf).orElse("-"));
  }

  private static Exit show(Run run, Reception reception) {
    Terminal terminal = run.terminal();
    if (!terminal.json() && !reception.note().isEmpty()) {
      terminal.say("receive.note", reception.note());
    }
    if (reception.text().isPresent()) {
      String text = reception.text().get();
      if (terminal.json() || terminal.shell().isTerminal(Shell.Stream.OUT)) {
        terminal.result(
            new Text(reception.sender(), reception.note(), text),
            () -> text.lines().map(Visible::of).toList());
      } else {
        terminal.out().print(text);
        terminal.out().flush();
      }
      return Exit.DONE;
    }
    Outcomes outcomes = Outcomes.ofTransfers(run);
    outcomes.add(reception.files());
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND);
  }

  private record Text(String sender, String note, String text) {}
}
