package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Figures;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.format.SendDescription;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends.Openings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one send: what left, until when, and who opened it.
@Command
final class SendShow extends Verb {
  @Parameters(paramLabel = "SEND")
  private String id = "";

  @Override
  public Exit run(Run run) throws CofreException {
    SentLine.Found found = SentLine.find(run, id);
    Optional<Openings> openings = openings(found);
    Shown shown =
        new Shown(
            SentLine.of(found.vault().id(), found.line(), openings),
            found.line().description().map(SendDescription::note).orElse(""),
            found.line().description().map(SendDescription::contents).orElse(List.of()).stream()
                .map(content -> new Content(content.name(), content.size()))
                .toList(),
            found.line().paths(),
            openings.map(Openings::openings).orElse(List.of()).stream()
                .map(o -> new Opening(Instant.ofEpochMilli(o.time()), o.network()))
                .toList());
    run.terminal().result(shown, () -> lines(run, found.vault().name(), shown));
    return Exit.DONE;
  }

  /// The server forgets a send some time after its end.
  private static Optional<Openings> openings(SentLine.Found found) throws CofreException {
    try {
      return Optional.of(found.sends().openings(found.line().id()));
    } catch (Refused refused) {
      if (refused.code().equals(Problem.NOT_FOUND.code())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static List<String> lines(Run run, String vault, Shown shown) {
    Figures figures = run.terminal().figures();
    SentLine send = shown.send();
    List<String> lines = new ArrayList<>();
    lines.add(
        run.texts()
            .say(
                "send-show.head",
                send.sendId().hex(),
                run.texts().say("word." + send.state()),
                figures.moment(send.expires())));
    lines.add(
        run.texts()
            .say(
                "send-show.by",
                Visible.of(send.author()),
                figures.moment(send.time()),
                Visible.of(vault)));
    if (!send.to().isEmpty()) {
      lines.add(run.texts().say("send-show.to", Visible.of(send.to())));
    }
    if (!shown.note().isEmpty()) {
      lines.add(run.texts().say("send-show.note", Visible.of(shown.note())));
    }
    for (Content content : shown.contents()) {
      lines.add("  " + figures.size(content.size()) + "  " + Visible.of(content.name()));
    }
    lines.add(
        run.texts()
            .say(
                "send-show.opened",
                send.opened().map(String::valueOf).orElse("?"),
                send.opens().map(String::valueOf).orElse("-")));
    for (Opening opening : shown.openings()) {
      lines.add("  " + figures.moment(opening.time()) + "  " + Visible.of(opening.network()));
    }
    return lines;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  private record Shown(
      SentLine send,
      String note,
      List<Content> contents,
      List<String> paths,
      List<Opening> openings) {}

  private record Content(String name, long size) {}

  private record Opening(Instant time, String network) {}
}
