package dev.cofre.client.sharing;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.WrappedSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A member's devices: added by another one, revoked, and given the member's key.
public final class Devices {
  private static final Codec<DeviceStatement> STATEMENT = DeviceStatement.CODEC;

  /// In place of an earlier seed where there is none to give: it opens to nobody.
  private static final Bytes NO_SEED = Bytes.zeros(1);

  private Devices() {}

  /// What a new device says about itself, signed by it.
  public static SignedBytes statement(Identity device, TeamId team) {
    DeviceStatement said = new DeviceStatement(team, device.member(), device.deviceKeys());
    return device.sign(Label.DEVICE, STATEMENT.encode(said));
  }

  /// Reads a statement and checks that it is about a device of this member in this team, signed by it.
  ///
  /// @throws CofreException [Malformed] or [Tampered] when it is not
  public static DeviceStatement read(SignedBytes bytes, TeamId team, MemberId member)
      throws CofreException {
    try {
      Signed<DeviceStatement> signed = Signed.read(Label.DEVICE, STATEMENT, bytes);
      DeviceStatement said = signed.value();
      if (!said.team().equals(team)
          || !said.member().equals(member)
          || !signed.verifies(said.device().signingKey())) {
        throw new Tampered("the new device's message");
      }
      return said;
    } catch (MalformedException e) {
      throw new Malformed("the new device's message cannot be read: " + e.getMessage());
    }
  }

  /// Adds a device of this member by its statement, with the member's key for it.
  ///
  /// @throws CofreException [dev.cofre.client.failure.NotForUs] when this device does not have that key itself
  public static void add(Workspace workspace, SignedBytes statement) throws CofreException {
    Connection connection = workspace.connection();
    DeviceStatement said = read(statement, connection.team(), workspace.me());
    workspace
        .team()
        .append(_ -> {
          workspace.team().requireOwnKey();
          EncryptionKey key =
              connection.identity().newestKey().orElseThrow(() -> new Tampered("the own keys"));
          WrappedSeed seed =
              MemberSeeds.wrap(
                  connection.team(), workspace.me(), key, said.device(), connection.random());
          return new Body.DeviceAdd(statement, seed);
        });
  }

  /// Sees to it that the team log names this member's vaults as they are now, for a device that begins with a head of the log and nothing
  /// else: no server can show it older ones. Where it does not yet, the entry that names all of them is a new key of the member's.
  ///
  /// @throws CofreException [dev.cofre.client.failure.NotForUs] when this device does not have the member's key itself
  public static void nameVaults(Workspace workspace) throws CofreException {
    workspace.team().requireOwnKey();
    List<VaultHead> heads = workspace.heads(workspace.team().state().vaultsOf(workspace.me()));
    TeamState team = workspace.team().state();
    if (heads.stream().anyMatch(head -> !team.namedHeads(head.vault()).contains(head))) {
      rekey(workspace);
    }
  }

  /// Makes a recovery kit and adds it. The kit is closed by the caller.
  public static RecoveryKit addKit(Workspace workspace) throws CofreException {
    nameVaults(workspace);
    Connection connection = workspace.connection();
    try (RecoveryKit kit =
        RecoveryKit.make(connection.team(), workspace.team().state().head(), connection.random())) {
      try (Identity device = kit.identity(workspace.me())) {
        add(workspace, statement(device, connection.team()));
      }
      return kit.at(workspace.team().state().head());
    }
  }

  /// Ends a device, this member's or (where the role allows it) another's, and replaces this member's key if it was theirs.
  public static Change revoke(Workspace workspace, DeviceId device) throws CofreException {
    Optional<Signed<Entry>> entry =
        workspace
            .team()
            .appendUnless(
                team -> found(team, device).filter(known -> !known.live()).isPresent(),
                team -> {
                  MemberId owner =
                      found(team, device)
                          .map(Device::member)
                          .orElseThrow(() -> new NotFound("there is no device " + device));
                  return new Body.DeviceRevoke(device, workspace.heads(team.writableBy(owner)));
                });
    Upkeep.renewVoidKey(workspace);
    return Change.of(entry.isPresent());
  }

  private static Optional<Device> found(TeamState team, DeviceId device) {
    return Optional.ofNullable(team.devices().get(device));
  }

  /// Gives this member a new encryption key, wrapped for each of their live devices. Sealed under it is the newest key that this device has.
  public static void rekey(Workspace workspace) throws CofreException {
    Connection connection = workspace.connection();
    Identity identity = connection.identity();
    try (EncryptionKey next = EncryptionKey.generate(connection.random())) {
      workspace
          .team()
          .append(team -> {
            Bytes previous =
                identity
                    .newestKey()
                    .map(key ->
                        MemberSeeds.sealPrevious(
                            connection.team(), workspace.me(), key, next, connection.random()))
                    .orElse(NO_SEED);
            return new Body.MemberRekey(
                next.publicKey(),
                seeds(connection, team, next),
                previous,
                workspace.heads(team.vaultsOf(workspace.me())));
          });
    }
  }

  private static List<WrappedSeed> seeds(Connection connection, TeamState team, EncryptionKey next)
      throws CofreException {
    MemberId me = connection.identity().member();
    List<WrappedSeed> seeds = new ArrayList<>();
    for (Device device : team.liveDevices(me)) {
      seeds.add(MemberSeeds.wrap(connection.team(), me, next, device.keys(), connection.random()));
    }
    return seeds;
  }
}
