package dev.cofre.client.hostile;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Surroundings;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.remote.LoginSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// A device with a clock of its own, which can be copied with all that is in it.
final class Desk {
  private static final char[] PASSPHRASE = "of all the test desks".toCharArray();

  private final Path home;
  private final World world;
  private final InstantSource clock;
  private final SecretBytes unlockKey;

  private Desk(Path home, World world, InstantSource clock, SecretBytes unlockKey) {
    this.home = home;
    this.world = world;
    this.clock = clock;
    this.unlockKey = unlockKey;
  }

  static Desk begin(Path home, World world, InstantSource clock, Actor.Beginning beginning)
      throws CofreException {
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE)) {
      beginning.begin(surroundings(world, clock), home, passphrase).close();
    }
    try (Keystore keystore = Keystore.open(home, PASSPHRASE, RandomSource.system())) {
      return new Desk(home, world, clock, keystore.unlockKey());
    }
  }

  private static Surroundings surroundings(World world, InstantSource clock) {
    Line line = new Line(world);
    return new Surroundings(
        clock,
        RandomSource.system(),
        (_, signer) -> new Conversation(line, signer.map(LoginSigner::subject)));
  }

  /// The same device, with another clock.
  Desk at(InstantSource other) {
    return new Desk(home, world, other, unlockKey);
  }

  /// The same device, talking to another server of the same name.
  Desk in(World other) {
    return new Desk(home, other, clock, unlockKey);
  }

  /// A copy of everything, as a backup or a cloned machine is.
  Desk copied(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(home.relativize(file).toString()));
      }
    }
    return new Desk(to, world, clock, unlockKey);
  }

  Path home() {
    return home;
  }

  /// The files of what the device remembers.
  List<Path> memory() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("state"))) {
      return files.sorted().toList();
    }
  }

  /// One command.
  <T> T run(Actor.Command<T> command) throws CofreException {
    try (Cofre cofre = Cofre.open(surroundings(world, clock), home, unlockKey)) {
      return command.run(cofre);
    }
  }

  /// The paths in the vault.
  List<String> list() throws CofreException {
    return run(cofre ->
        cofre.vault(Actor.VAULT).list("/", dev.cofre.client.Recursion.DEEP).stream()
            .map(entry -> entry.path())
            .toList());
  }

  /// Writes a text to a path.
  void put(String path, String text) throws CofreException, IOException {
    Path file = Files.writeString(home.resolveSibling(home.getFileName() + ".txt"), text);
    run(cofre ->
        cofre.vault(Actor.VAULT).put(List.of(file), path, dev.cofre.client.report.Progress.NONE));
  }
}
