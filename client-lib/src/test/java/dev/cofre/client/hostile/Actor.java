package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Recursion;
import dev.cofre.client.Surroundings;
import dev.cofre.client.Vault;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Somebody with one device: the real client, as a program that opens the device for one command after another, over a [Line].
final class Actor {
  static final String VAULT = "Contracts";
  private static final char[] PASSPHRASE = "of all the test actors".toCharArray();

  private final String name;
  private final Path home;
  private final Line line;
  private final Oracles oracles;
  private final Surroundings surroundings;
  private final SecretBytes unlockKey;

  /// Something that one command does.
  interface Command<T> {
    T run(Cofre cofre) throws CofreException;
  }

  /// Something that one command does about the vault.
  interface VaultCommand<T> {
    T run(Vault vault) throws CofreException;
  }

  /// How the device came to be.
  interface Beginning {
    Cofre begin(Surroundings surroundings, Path home, Passphrase passphrase) throws CofreException;
  }

  private Actor(
      String name,
      Path home,
      Line line,
      Oracles oracles,
      Surroundings surroundings,
      SecretBytes unlockKey) {
    this.name = name;
    this.home = home;
    this.line = line;
    this.oracles = oracles;
    this.surroundings = surroundings;
    this.unlockKey = unlockKey;
  }

  private static Surroundings around(EvilServer server, Line line) {
    return new Surroundings(InstantSource.system(), RandomSource.system(), server.dialer(line));
  }

  static Actor begin(
      String name, Path home, EvilServer server, Oracles oracles, Beginning beginning)
      throws CofreException {
    return begin(name, home, new Line(server.truth()), server, oracles, beginning);
  }

  /// Somebody who begins over a line on which other things are said.
  static Actor begin(
      String name, Path home, Line line, EvilServer server, Oracles oracles, Beginning beginning)
      throws CofreException {
    Surroundings surroundings = around(server, line);
    oracles.canaries().add(new String(PASSPHRASE));
    SecretBytes unlockKey;
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE);
        Cofre cofre = beginning.begin(surroundings, home, passphrase)) {
      unlockKey = Innards.unlockKey(cofre);
    }
    Actor actor = new Actor(name, home, line, oracles, surroundings, unlockKey);
    oracles.watch(actor);
    return actor;
  }

  /// The same device as it is now, once more: in another directory, and on a server that goes its own way.
  Actor copy(Path elsewhere, EvilServer server, Oracles watching) throws CofreException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Path target = elsewhere.resolve(home.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Line line = new Line(server.truth());
    Actor copy =
        new Actor(name, elsewhere, line, watching, around(server, line), unlockKey.duplicate());
    watching.watch(copy);
    return copy;
  }

  String name() {
    return name;
  }

  Path home() {
    return home;
  }

  /// What this client is told.
  Line line() {
    return line;
  }

  /// One command. Whatever it throws that the client does not declare is remembered against it.
  <T> T run(Command<T> command) throws CofreException {
    try (Cofre cofre = Cofre.open(surroundings, home, unlockKey)) {
      return command.run(cofre);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      oracles.untyped(e);
      throw e;
    }
  }

  /// What a command takes from outside.
  Surroundings surroundings() {
    return surroundings;
  }

  /// One command about the vault.
  <T> T inVault(VaultCommand<T> command) throws CofreException {
    return run(cofre -> command.run(cofre.vault(VAULT)));
  }

  /// One command about another vault.
  <T> T inVault(String other, VaultCommand<T> command) throws CofreException {
    return run(cofre -> command.run(cofre.vault(other)));
  }

  /// A command that must fail in a certain way.
  <E extends CofreException> E fails(Class<E> how, Command<?> command) {
    return assertThrows(how, () -> run(command));
  }

  MemberId member() throws CofreException {
    return run(cofre -> cofre.whoAmI().member());
  }

  DeviceId device() throws CofreException {
    return run(cofre -> cofre.whoAmI().device());
  }

  /// The paths in the vault.
  List<String> list() throws CofreException {
    return inVault(
        vault -> vault.list("/", Recursion.DEEP).stream().map(entry -> entry.path()).toList());
  }

  /// Writes a text to a path.
  void put(String path, String text) throws CofreException, IOException {
    putIn(VAULT, path, text);
  }

  /// Writes a text to a path of another vault. The same text twice in turn is the same file on the disk.
  void putIn(String other, String path, String text) throws CofreException, IOException {
    oracles.canaries().add(text);
    oracles.canaries().addPath(path);
    Path file = home.resolveSibling(home.getFileName() + ".txt");
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
    List<Outcome> outcomes = inVault(other, vault -> vault.put(List.of(file), path, Progress.NONE));
    for (Outcome outcome : outcomes) {
      if (outcome.failure().isPresent()) {
        throw outcome.failure().get();
      }
    }
  }

  /// The text at a path.
  String read(String path) throws CofreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    inVault(vault -> {
      vault.read(path, Optional.empty(), out);
      return path;
    });
    return out.toString(StandardCharsets.UTF_8);
  }

  /// What somebody does who has the keys of this device and no use for the client.
  interface Misuse<T> {
    T with(Identity identity) throws CofreException;
  }

  /// Lends the device's keys.
  <T> T misuse(Misuse<T> misuse) throws CofreException {
    try (Keystore keystore = Keystore.open(home, unlockKey, RandomSource.system())) {
      return misuse.with(keystore.identity());
    }
  }

  /// What the passphrase becomes.
  Bytes derivedKey() {
    return Bytes.of(unlockKey.toArray());
  }

  /// The keys of this device, in the hands of somebody else.
  Identity twin() throws CofreException {
    return Keystore.open(home, unlockKey, RandomSource.system()).identity();
  }

  /// The next entry of a world's log, signed by this device whatever it says.
  Signed<Entry> sign(World world, Body body) throws CofreException {
    return misuse(identity ->
        World.read(
            identity.sign(
                Label.ENTRY,
                Entry.CODEC.encode(
                    new Entry(
                        world.state().id(),
                        world.state().head().seq() + 1,
                        world.state().head().hash(),
                        identity.member(),
                        identity.device(),
                        surroundings.clock().millis(),
                        body)))));
  }
}
