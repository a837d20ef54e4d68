package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Person;
import dev.cofre.client.WhoAmI;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Starts a team on a server, with the person at the keyboard as its owner.
@Command
final class TeamCreate extends Verb {
  @Parameters(paramLabel = "NAME")
  private String name = "";

  @Option(names = "--server", paramLabel = "URL", required = true)
  private String server = "";

  @Option(names = "--name", paramLabel = "NAME", required = true)
  private String person = "";

  @Option(names = "--email", paramLabel = "EMAIL", required = true)
  private String email = "";

  @Option(names = "--registration-token", paramLabel = "TOKEN")
  private @Nullable String token;

  @Override
  public Exit run(Run run) throws CofreException {
    URI address = run.server(server);
    Person me = Persons.of(run, person, email);
    run.requireNoDevice();
    try (Passphrase passphrase = run.freshPassphrase()) {
      Cofre cofre =
          run.keep(
              Cofre.createTeam(
                  run.surroundings(),
                  run.home(),
                  passphrase,
                  address,
                  name,
                  me,
                  Optional.ofNullable(token)));
      WhoAmI who = cofre.whoAmI();
      run.terminal()
          .result(
              new Created(who.team(), who.member(), who.device()),
              run.texts().say("team-create.done", who.teamName(), who.team().hex()));
      run.terminal().say("team-create.next");
    }
    return Exit.DONE;
  }

  private record Created(TeamId teamId, MemberId memberId, DeviceId deviceId) {}
}
