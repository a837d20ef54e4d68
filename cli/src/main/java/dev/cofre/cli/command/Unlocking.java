package dev.cofre.cli.command;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.keys.Keystore;
import java.util.Arrays;
import java.util.Optional;

/// How a device is unlocked for one run: with the key that the agent keeps, else with the passphrase.
final class Unlocking {
  private Unlocking() {}

  static Cofre open(Run run) throws CofreException {
    Optional<Cofre> unlocked = withAgent(run);
    if (unlocked.isPresent()) {
      return unlocked.get();
    }
    try (Passphrase passphrase = run.passphrase()) {
      return Cofre.open(run.surroundings(), run.home(), passphrase);
    }
  }

  /// The key that opens the keystore without the passphrase, which is asked for.
  static SecretBytes key(Run run) throws CofreException {
    char[] passphrase = run.terminal().secrecy().existing();
    try (Keystore keystore = Keystore.open(run.home(), passphrase, run.surroundings().random())) {
      return keystore.unlockKey();
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /// Empty without an agent, and when the passphrase was changed since it got its key.
  private static Optional<Cofre> withAgent(Run run) throws CofreException {
    Optional<SecretBytes> kept = run.agent().get();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes key = kept.get()) {
      return Optional.of(Cofre.open(run.surroundings(), run.home(), key));
    } catch (LocalState e) {
      if (e.kind() == LocalState.Kind.LOCKED) {
        run.agent().forget();
        return Optional.empty();
      }
      throw e;
    }
  }
}
