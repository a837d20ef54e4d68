package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Team;
import dev.cofre.client.TeamDevice;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.DeviceId;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends a device: nothing more is served to it.
@Command
final class DeviceRevoke extends Verb {
  @Parameters(paramLabel = "DEVICE")
  private String id = "";

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    DeviceId device = Matching.one(run, id, team.devices().stream().map(TeamDevice::id).toList());
    if (dryRun) {
      run.terminal().say("device-revoke.would", Words.shortId(device));
      return Exit.DONE;
    }
    run.terminal().confirm("device-revoke.ask", Words.shortId(device));
    Change change = team.revokeDevice(device);
    run.terminal()
        .result(
            new Revoked(device, change),
            run.texts().say(Words.outcome("device-revoke", change), Words.shortId(device)));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }

  private record Revoked(DeviceId deviceId, Change change) {}
}
