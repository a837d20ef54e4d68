package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.Team;
import dev.cofre.client.TeamDevice;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.team.DeviceKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists devices and recovery kits, revoked ones included.
@Command
final class DeviceList extends Verb {
  @Option(names = {"-a", "--all"})
  private boolean all;

  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    MemberId me = run.cofre().whoAmI().member();
    Map<MemberId, String> names =
        team.members().stream()
            .collect(Collectors.toMap(TeamMember::id, TeamMember::name, (a, _) -> a));
    List<Line> lines =
        team.devices().stream()
            .filter(device -> all || device.member().equals(me))
            .map(device -> Line.of(device, names.getOrDefault(device.member(), "")))
            .toList();
    run.terminal().results(lines, () -> table(run, lines));
    return Exit.DONE;
  }

  private static Table table(Run run, List<Line> lines) {
    Texts texts = run.texts();
    Table table = Table.left();
    for (Line line : lines) {
      String state =
          line.revoked()
              .map(at -> texts.say("device.revoked", run.terminal().figures().moment(at)))
              .orElse(line.here() ? texts.say("device.here") : "");
      table.row(
          Words.shortId(line.deviceId()),
          line.name(),
          Words.of(texts, line.kind()),
          run.terminal().figures().moment(line.added()),
          state);
    }
    return table;
  }

  private record Line(
      DeviceId deviceId,
      MemberId memberId,
      String name,
      DeviceKind kind,
      Instant added,
      Optional<Instant> revoked,
      boolean here) {
    static Line of(TeamDevice device, String name) {
      return new Line(
          device.id(),
          device.member(),
          name,
          device.kind(),
          device.added(),
          device.revoked(),
          device.place() == TeamDevice.Place.HERE);
    }
  }
}
