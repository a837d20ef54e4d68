package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.WhoAmI;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes this machine a device of the member whose recovery kit this is. The kit is read from the person, standard input or a
/// file; never from an argument.
@Command
final class KitRestore extends Verb {
  @Option(names = "--server", paramLabel = "URL", required = true)
  private String server = "";

  @Option(names = "--kit-file", paramLabel = "FILE")
  private @Nullable String file;

  @Override
  public Exit run(Run run) throws CofreException, IOException {
    URI address = run.server(server);
    run.requireNoDevice();
    String kit = file == null ? Answers.lines(run, "prompt.kit") : LocalFiles.text(run, file);
    try (Passphrase passphrase = run.freshPassphrase()) {
      Cofre cofre =
          run.keep(Cofre.restore(run.surroundings(), run.home(), passphrase, address, kit));
      cofre.team().members();
      WhoAmI who = cofre.whoAmI();
      run.terminal()
          .result(
              new Restored(who.team(), who.member(), who.device()),
              run.texts().say("kit-restore.done", who.teamName(), who.memberName()));
    } catch (Malformed e) {
      throw run.texts().halt(Exit.USAGE, "kit");
    }
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  private record Restored(TeamId teamId, MemberId memberId, DeviceId deviceId) {}
}
