package bench;

import dev.cofre.client.Cofre;
import dev.cofre.client.Dialer;
import dev.cofre.client.InviteRequest;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Person;
import dev.cofre.client.Surroundings;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.team.JoinMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Somebody's device in this process, driven through the client library.
///
/// @param server the server as this device sees it, logged in
record Device(Cofre cofre, Server server, Path home) implements AutoCloseable {
  private static final String PASSPHRASE = "a passphrase for a trial";

  /// What makes a device.
  @FunctionalInterface
  private interface Making {
    Cofre make(Surroundings surroundings, Passphrase passphrase) throws CofreException;
  }

  /// The first of a team of its own.
  static Device founder(Path home, String url, String name) throws CofreException {
    return make(
        home,
        (surroundings, passphrase) ->
            Cofre.createTeam(
                surroundings,
                home,
                passphrase,
                URI.create(url),
                "Trial",
                person(name),
                Optional.empty()));
  }

  /// A new member of somebody's team.
  Device invite(Path newHome, String name) throws CofreException {
    InviteRequest request =
        new InviteRequest(
            name + "@example.com",
            TeamRole.MEMBER,
            Map.of(),
            InviteRequest.USUAL_EXPIRY,
            JoinMode.AT_ONCE);
    String link = cofre.team().invite(request).link();
    return make(
        newHome,
        (surroundings, passphrase) ->
            Cofre.join(surroundings, newHome, passphrase, link, person(name), _ -> {}).cofre());
  }

  /// The device whose state is in a directory.
  static Device open(Path home) throws CofreException {
    return make(home, (surroundings, passphrase) -> Cofre.open(surroundings, home, passphrase));
  }

  static char[] passphrase() {
    return PASSPHRASE.toCharArray();
  }

  private static Device make(Path home, Making making) throws CofreException {
    Network network = Network.of(InstantSource.system(), RandomSource.system());
    Dialer http = Dialer.http(network);
    AtomicReference<Server> dialled = new AtomicReference<>();
    Dialer noting =
        (origin, signer) -> {
          Server server = http.dial(origin, signer);
          dialled.set(server);
          return server;
        };
    Surroundings surroundings =
        new Surroundings(InstantSource.system(), RandomSource.system(), noting);
    try (Passphrase passphrase = Passphrase.of(passphrase())) {
      Cofre cofre = making.make(surroundings, passphrase);
      return new Device(cofre, dialled.get(), home);
    }
  }

  private static Person person(String name) {
    return new Person(name, name + "@example.com");
  }

  @Override
  public void close() {
    cofre.close();
  }
}
