package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Puts another passphrase on this device, whose present one is asked for even where an agent keeps the device unlocked.
@Command
final class PassphraseChange extends Verb {
  @Option(names = "--new-passphrase-file", paramLabel = "FILE")
  private @Nullable String file;

  @Override
  public Exit run(Run run) throws CofreException {
    run.requireDevice();
    Cofre cofre;
    try (Passphrase present = run.passphrase()) {
      cofre = run.keep(Cofre.open(run.surroundings(), run.home(), present));
    }
    try (Passphrase next = run.replacement(Optional.ofNullable(file))) {
      cofre.changePassphrase(next);
    }
    run.agent().forget();
    run.terminal().result(new Changed(cofre.whoAmI().device()), run.texts().say("passphrase.done"));
    run.terminal().say("passphrase.limits");
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local(Exit.NOT_FOUND, Exit.LOCAL_STATE, Exit.INTERRUPTED);
  }

  private record Changed(DeviceId deviceId) {}
}
