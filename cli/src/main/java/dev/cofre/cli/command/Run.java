package dev.cofre.cli.command;

import dev.cofre.cli.agent.UnlockedKey;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Surroundings;
import dev.cofre.client.Vault;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of a verb: the terminal, the device's home, and the device itself once it is unlocked. Closing locks it again.
public final class Run implements AutoCloseable {
  private final Terminal terminal;
  private final Path home;
  private final Surroundings surroundings;
  private @Nullable Cofre cofre;

  Run(Terminal terminal, Path home, Surroundings surroundings) {
    this.terminal = terminal;
    this.home = home;
    this.surroundings = surroundings;
  }

  Terminal terminal() {
    return terminal;
  }

  Texts texts() {
    return terminal.texts();
  }

  Path home() {
    return home;
  }

  /// The key that the agent of this home may keep.
  UnlockedKey agent() {
    return new UnlockedKey(home, terminal.shell().environment());
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /// The unlocked device; the first call unlocks it, with the agent's key or else the passphrase.
  Cofre cofre() throws CofreException {
    if (cofre == null) {
      requireDevice();
      cofre = Unlocking.open(this);
    }
    return cofre;
  }

  /// Closes the device for a while, so that other commands of it can work, and opens it again when they have done. Nothing that
  /// came from [#cofre] before may be used after.
  void rest(Duration pause) throws CofreException, InterruptedException {
    try (SecretBytes key = cofre().unlockKey()) {
      close();
      cofre = null;
      while (cofre == null) {
        Thread.sleep(pause);
        cofre = unlessBusy(key).orElse(null);
      }
    }
  }

  private Optional<Cofre> unlessBusy(SecretBytes key) throws CofreException {
    try {
      return Optional.of(Cofre.open(surroundings, home, key));
    } catch (LocalState e) {
      if (e.kind() == LocalState.Kind.BUSY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Keeps a device that has just been made, and closes it at the end.
  Cofre keep(Cofre made) {
    cofre = made;
    return made;
  }

  /// A vault by name or id; `Silva:` and `Silva:/` are taken as well.
  Vault vault(String named) throws CofreException {
    String name = named.endsWith(":/") ? named.substring(0, named.length() - 2) : named;
    Vault vault = cofre().vault(name.endsWith(":") ? name.substring(0, name.length() - 1) : name);
    cofre()
        .lackingKey()
        .ifPresent(key ->
            terminal.warn("key.lacking", Words.shortId(key.device()), Long.toString(key.entry())));
    return vault;
  }

  void requireDevice() {
    if (!Cofre.existsIn(home)) {
      throw texts().halt(Exit.LOCAL_STATE, "no-device", Visible.of(home.toString()));
    }
  }

  void requireNoDevice() {
    if (Cofre.existsIn(home)) {
      throw texts().halt(Exit.LOCAL_STATE, "device-exists", Visible.of(home.toString()));
    }
  }

  Passphrase freshPassphrase() {
    return wiped(terminal.secrecy().fresh());
  }

  Passphrase passphrase() {
    return wiped(terminal.secrecy().existing());
  }

  /// The passphrase that takes the place of the one the device has.
  Passphrase replacement(Optional<String> file) {
    return wiped(terminal.secrecy().replacement(file));
  }

  private static Passphrase wiped(char[] typed) {
    try {
      return Passphrase.of(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /// The address of a server as typed.
  URI server(String typed) {
    try {
      URI address = new URI(typed);
      if (Cofre.isServer(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw texts().halt(Exit.USAGE, "server-address", Visible.of(typed));
    }
    throw texts().halt(Exit.USAGE, "server-address", Visible.of(typed));
  }

  @Override
  public void close() {
    if (cofre != null) {
      cofre.close();
    }
  }
}
