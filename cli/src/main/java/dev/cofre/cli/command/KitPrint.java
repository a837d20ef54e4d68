package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.RecoveryKitSheet;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.TeamId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/// Makes a recovery kit and shows the sheet to print.
@Command
final class KitPrint extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    RecoveryKitSheet sheet = run.cofre().team().printKit();
    run.terminal()
        .result(
            new Printed(
                sheet.code(),
                sheet.words(),
                sheet.server(),
                sheet.team(),
                sheet.device(),
                sheet.printed()),
            () -> lines(run, sheet));
    run.terminal().say("kit-print.next");
    return Exit.DONE;
  }

  private static List<String> lines(Run run, RecoveryKitSheet sheet) {
    Texts texts = run.texts();
    List<String> lines = new ArrayList<>();
    lines.add(texts.say("kit.title"));
    lines.add("");
    lines.addAll(
        Table.left()
            .row(texts.say("label.team"), sheet.teamName())
            .row(texts.say("label.member"), sheet.memberName())
            .row(texts.say("label.server"), sheet.server())
            .row(texts.say("label.printed"), run.terminal().figures().moment(sheet.printed()))
            .row(texts.say("label.device"), Words.shortId(sheet.device()))
            .lines());
    lines.add("");
    lines.add(texts.say("kit.code"));
    sheet.code().lines().map(Visible::of).forEach(lines::add);
    lines.add("");
    lines.add(texts.say("kit.keep"));
    lines.add(texts.say("kit.use"));
    return lines;
  }

  private record Printed(
      String code,
      List<String> words,
      URI server,
      TeamId teamId,
      DeviceId deviceId,
      Instant printed) {}
}
