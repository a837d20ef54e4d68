package dev.cofre.cli.command;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.failure.CofreException;

/// How a device is unlocked for one run.
final class Unlocking {
  private Unlocking() {}

  static Cofre open(Run run) throws CofreException {
    try (Passphrase passphrase = run.passphrase()) {
      return Cofre.open(run.surroundings(), run.home(), passphrase);
    }
  }
}
