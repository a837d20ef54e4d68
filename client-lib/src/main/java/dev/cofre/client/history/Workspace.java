package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.replica.HomeLock;
import dev.cofre.client.replica.Replica;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An unlocked device at work: its keys, its memory, its server, and the histories it has verified.
public final class Workspace implements AutoCloseable {
  private final Path home;
  private final HomeLock lock;
  private final Keystore keystore;
  private final Replica replica;
  private final Connection connection;
  private final TeamHistory team;
  private final Names names;
  private final Map<VaultId, VaultHistory> vaults = new HashMap<>();

  private Workspace(
      Path home,
      HomeLock lock,
      Keystore keystore,
      Replica replica,
      Connection connection,
      TeamHistory team,
      Names names) {
    this.home = home;
    this.lock = lock;
    this.keystore = keystore;
    this.replica = replica;
    this.connection = connection;
    this.team = team;
    this.names = names;
  }

  /// Takes lock and keystore over, once all that is stored has verified.
  public static Workspace open(
      Path home, HomeLock lock, Keystore keystore, Replica replica, Connection connection)
      throws CofreException {
    TeamHistory team = TeamHistory.open(connection, replica, keystore);
    return new Workspace(
        home, lock, keystore, replica, connection, team, Names.open(connection, replica));
  }

  /// The directory that holds all of it.
  public Path home() {
    return home;
  }

  /// The device's keys.
  public Keystore keystore() {
    return keystore;
  }

  /// The server, and who speaks to it.
  public Connection connection() {
    return connection;
  }

  /// The team's history.
  public TeamHistory team() {
    return team;
  }

  /// The names last seen.
  public Names names() {
    return names;
  }

  /// This member.
  public MemberId me() {
    return connection.identity().member();
  }

  /// This member's role in a vault, by the verified log.
  public Optional<VaultRole> role(VaultId vault) {
    return Optional.ofNullable(team.state().roles(vault).get(me()));
  }

  /// A vault's history, as stored.
  public VaultHistory vault(VaultId vault) throws CofreException {
    VaultHistory known = vaults.get(vault);
    if (known == null) {
      known = VaultHistory.open(connection, team, replica, vault);
      vaults.put(vault, known);
    }
    return known;
  }

  /// The heads of vaults, in their order, after catching up with each: what an entry names.
  public List<VaultHead> heads(Collection<VaultId> of) throws CofreException {
    List<VaultHead> heads = new ArrayList<>();
    for (VaultId vault : of) {
      heads.add(head(vault));
    }
    return heads;
  }

  /// The head of one vault, after catching up with it; where this member cannot read it, with its chain alone.
  public VaultHead head(VaultId vault) throws CofreException {
    VaultHistory history = vault(vault);
    try {
      if (role(vault).isPresent()) {
        history.catchUp();
      } else {
        history.catchUpChain();
      }
    } catch (Refused refused) {
      if (!refused.code().equals(Problem.GRANT_ENDED.code())) {
        throw refused;
      }
      history.catchUpChain();
    }
    return new VaultHead(vault, history.index().head());
  }

  @Override
  public void close() {
    vaults.values().forEach(VaultHistory::close);
    keystore.close();
    lock.close();
  }
}
