package dev.cofre.client;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.VerifiedLog;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.remote.LoginSigner;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Server;
import dev.cofre.client.replica.HomeLock;
import dev.cofre.client.replica.LocalSeal;
import dev.cofre.client.replica.Replica;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A home directory on its way to becoming a device: everything it needs is on the disk before the server hears of it, and gone again if
/// nothing comes of it.
final class NewDevice implements AutoCloseable {
  private final Surroundings surroundings;
  private final Path home;
  private final HomeLock lock;
  private Optional<Keystore> keystore = Optional.empty();
  private Optional<Replica> replica = Optional.empty();
  private boolean handedOver;

  private NewDevice(Surroundings surroundings, Path home, HomeLock lock) {
    this.surroundings = surroundings;
    this.home = home;
    this.lock = lock;
  }

  /// Takes an empty home directory.
  ///
  /// @throws LocalState when there is a device in it already
  static NewDevice in(Surroundings surroundings, Path home) throws LocalState {
    HomeLock lock = HomeLock.take(home);
    if (Keystore.existsIn(home)) {
      lock.close();
      throw new LocalState(
          LocalState.Kind.FILE,
          "there is a device in " + home + " already",
          "Use another directory; one directory is one device of one team.");
    }
    return new NewDevice(surroundings, home, lock);
  }

  /// Makes memory and keystore, in this order: a memory without a keystore is nothing, a keystore without a memory an alarm. Takes the
  /// identity over.
  void save(Passphrase passphrase, String origin, VerifiedLog log, Identity identity)
      throws CofreException {
    RandomSource random = surroundings.random();
    SecretBytes localKey = random.secret(32);
    LocalSeal seal = new LocalSeal(localKey, random);
    replica = Optional.of(Replica.create(home, seal, log.bytes(), log.head()));
    Keystore.Account account = new Keystore.Account(origin, log.state().id(), log.head());
    keystore =
        Optional.of(
            passphrase.lend(characters ->
                Keystore.create(home, characters, account, identity, localKey, random)));
  }

  /// Adds entries that the server has taken.
  void add(List<SignedBytes> entries, VerifiedLog log) throws CofreException {
    replica.orElseThrow().append(entries, log.head());
  }

  /// Remembers names that the log's hashes vouch for.
  void remember(List<Profile> profiles) throws LocalState {
    replica.orElseThrow().saveNames(profiles);
  }

  /// Forgets the device.
  void discard() throws LocalState {
    if (keystore.isPresent()) {
      keystore.get().discard();
    }
    Replica.discard(home);
  }

  /// The device at work, which owns lock and keystore from now on.
  Workspace open() throws CofreException {
    Workspace workspace =
        workspace(surroundings, home, lock, keystore.orElseThrow(), replica.orElseThrow());
    handedOver = true;
    return workspace;
  }

  static Workspace workspace(
      Surroundings surroundings, Path home, HomeLock lock, Keystore keystore, Replica replica)
      throws CofreException {
    Keystore.Account account = keystore.account();
    Identity identity = keystore.identity();
    LoginSigner signer = signer(account.team(), identity);
    Server server = surroundings.dialer().dial(origin(account.origin()), Optional.of(signer));
    Connection connection =
        new Connection(
            server,
            account.origin(),
            account.team(),
            identity,
            surroundings.random(),
            surroundings.clock());
    return Workspace.open(home, lock, keystore, replica, connection);
  }

  /// How a device logs in.
  static LoginSigner signer(TeamId team, Identity identity) {
    return new LoginSigner(
        team,
        new Sessions.Subject.OfDevice(identity.device()),
        login -> identity.sign(Label.LOGIN, Sessions.Login.CODEC.encode(login)));
  }

  /// The origin in a link or a keystore.
  static Origin origin(String text) throws Malformed {
    try {
      return Origin.of(URI.create(text));
    } catch (IllegalArgumentException _) {
      throw new Malformed("this names no server: " + text);
    }
  }

  @Override
  public void close() {
    if (!handedOver) {
      keystore.ifPresent(Keystore::close);
      lock.close();
    }
  }
}
