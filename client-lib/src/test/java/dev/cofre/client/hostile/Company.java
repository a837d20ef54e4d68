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

/// A team with one vault on one [EvilServer], whose members are real clients in directories of their own, speaking HTTP.
final class Company {
  private final Path directory;
  private final EvilServer server;
  private final Oracles oracles;
  private final Actor founder;
  private final VaultId vault;
  private int devices;

  private Company(Path directory, String founder) throws CofreException {
    this.directory = directory;
    this.server = new EvilServer(new World(), KeyRing.fresh());
    this.oracles = Oracles.over(server);
    this.founder =
        begin(
            founder,
            (surroundings, home, passphrase) ->
                Cofre.createTeam(
                    surroundings,
                    home,
                    passphrase,
                    server(),
                    "Company",
                    new Person(founder, ""),
                    Optional.empty()));
    this.vault = this.founder.run(cofre -> cofre.createVault(Actor.VAULT).id());
  }

  private Company(Path directory, EvilServer server, Oracles oracles, Company of)
      throws CofreException {
    this.directory = directory;
    this.server = server;
    this.oracles = oracles;
    this.founder = of.founder.copy(directory.resolve("founder"), server, oracles);
    this.vault = of.vault;
  }

  /// Founds one, with a vault.
  static Company of(Path directory, String founder) throws CofreException {
    return new Company(directory, founder);
  }

  /// The same team with the same founder, to go its own way on a server of its own, which takes the address of the first.
  Company copy(Path elsewhere) throws CofreException {
    EvilServer another = new EvilServer(world().copy(), server.ring().copy());
    return new Company(elsewhere, another, Oracles.over(another, oracles), this);
  }

  /// Another of its devices, in a copy of it.
  Actor copy(Actor actor) throws CofreException {
    return actor.copy(home(actor.name()), server, oracles);
  }

  static URI server() {
    return URI.create(Doorway.FIRST.origin());
  }

  private Path home(String name) {
    devices++;
    return directory.resolve(name + devices);
  }

  /// A device that somebody begins with the help of this server.
  Actor begin(String name, Actor.Beginning beginning) throws CofreException {
    return Actor.begin(name, home(name), server, oracles, beginning);
  }

  /// The server.
  EvilServer evil() {
    return server;
  }

  /// Who watches.
  Oracles oracles() {
    return oracles;
  }

  /// What the server has been told.
  World world() {
    return server.truth();
  }

  VaultId vault() {
    return vault;
  }

  Actor founder() {
    return founder;
  }

  /// An invitation, as its link.
  String invite(TeamRole role, Map<VaultId, VaultRole> vaults, JoinMode mode)
      throws CofreException {
    String link =
        founder.run(cofre ->
            cofre
                .team()
                .invite(new InviteRequest("", role, vaults, InviteRequest.USUAL_EXPIRY, mode))
                .link());
    oracles.canaries().addLink(link);
    return link;
  }

  /// Whoever follows an invitation.
  Actor join(String name, String link) throws CofreException {
    return begin(
        name,
        (surroundings, home, passphrase) ->
            Cofre.join(surroundings, home, passphrase, link, new Person(name, ""), _ -> {})
                .cofre());
  }

  /// A newcomer with a role in the vault.
  Actor member(String name, VaultRole role) throws CofreException {
    return member(name, TeamRole.MEMBER, Map.of(vault, role));
  }

  /// A newcomer.
  Actor member(String name, TeamRole role, Map<VaultId, VaultRole> vaults) throws CofreException {
    JoinMode mode = role == TeamRole.MEMBER ? JoinMode.AT_ONCE : JoinMode.AFTER_CONFIRMATION;
    Actor actor = join(name, invite(role, vaults, mode));
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
    String kit = of.run(cofre -> cofre.team().printKit().code());
    oracles.canaries().addKit(kit);
    return kit;
  }

  /// Another device of whoever printed the kit.
  Actor restored(String name, String kit) throws CofreException {
    return restored(name, kit, new Line(world()));
  }

  /// The same, over a line on which other things may be said.
  Actor restored(String name, String kit, Line line) throws CofreException {
    return Actor.begin(
        name,
        home(name),
        line,
        server,
        oracles,
        (surroundings, home, passphrase) ->
            Cofre.restore(surroundings, home, passphrase, server(), kit));
  }
}
