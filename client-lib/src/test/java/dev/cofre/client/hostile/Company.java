package dev.cofre.client.hostile;

import dev.cofre.client.Cofre;
import dev.cofre.client.InviteRequest;
import dev.cofre.client.Person;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.JoinMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A team with one vault on one server, whose members are real clients in directories of their own.
final class Company {
  private static final URI SERVER = URI.create("https://cofre.example");

  private final Path directory;
  private final World world = new World();
  private final Actor founder;
  private final VaultId vault;
  private int devices;

  private Company(Path directory, String founder) throws CofreException {
    this.directory = directory;
    this.founder =
        Actor.begin(
            founder,
            home(founder),
            world,
            (surroundings, home, passphrase) ->
                Cofre.createTeam(
                    surroundings,
                    home,
                    passphrase,
                    SERVER,
                    "Company",
                    new Person(founder, ""),
                    Optional.empty()));
    this.vault = this.founder.run(cofre -> cofre.createVault(Actor.VAULT).id());
  }

  /// Founds one, with a vault.
  static Company of(Path directory, String founder) throws CofreException {
    return new Company(directory, founder);
  }

  private Path home(String name) {
    devices++;
    return directory.resolve(name + devices);
  }

  /// What the server has been told.
  World world() {
    return world;
  }

  VaultId vault() {
    return vault;
  }

  Actor founder() {
    return founder;
  }

  /// A newcomer with a role in the vault.
  Actor member(String name, VaultRole role) throws CofreException {
    return member(name, TeamRole.MEMBER, Map.of(vault, role));
  }

  /// A newcomer.
  Actor member(String name, TeamRole role, Map<VaultId, VaultRole> vaults) throws CofreException {
    JoinMode mode = role == TeamRole.MEMBER ? JoinMode.AT_ONCE : JoinMode.AFTER_CONFIRMATION;
    String link =
        founder.run(cofre ->
            cofre
                .team()
                .invite(new InviteRequest("", role, vaults, InviteRequest.USUAL_EXPIRY, mode))
                .link());
    Actor actor =
        Actor.begin(
            name,
            home(name),
            world,
            (surroundings, home, passphrase) ->
                Cofre.join(surroundings, home, passphrase, link, new Person(name, ""), _ -> {})
                    .cofre());
    if (mode == JoinMode.AFTER_CONFIRMATION) {
      var joined = actor.member();
      founder.run(cofre -> {
        cofre.team().confirm(joined);
        return joined;
      });
    } else if (!vaults.isEmpty()) {
      founder.inVault(vault -> vault.head());
    }
    return actor;
  }

  /// A kit printed by a device.
  String kit(Actor of) throws CofreException {
    return of.run(cofre -> cofre.team().printKit().code());
  }

  /// Another device of whoever printed the kit.
  Actor restored(String name, String kit) throws CofreException {
    return Actor.begin(
        name,
        home(name),
        world,
        (surroundings, home, passphrase) ->
            Cofre.restore(surroundings, home, passphrase, SERVER, kit));
  }
}
