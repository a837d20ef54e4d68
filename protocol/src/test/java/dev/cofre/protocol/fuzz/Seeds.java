package dev.cofre.protocol.fuzz;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Cast;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.VaultGrant;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.SendTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs from which the search begins. `main` writes them below a directory, each target's in one of its own.
final class Seeds {
  private static final Cast CAST = Cast.fixed();
  private static final Bytes NO_SIGNATURE = Bytes.zeros(64);

  private Seeds() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    write(root.resolve("cbor"), cbor());
    write(root.resolve("entries"), entries());
    write(root.resolve("commits"), commits());
  }

  private static void write(Path directory, Map<String, byte[]> seeds) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      Files.write(directory.resolve(seed.getKey()), seed.getValue());
    }
  }

  /// A short and a full value of each record, after the number of its type.
  static Map<String, byte[]> cbor() {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (int i = 0; i < Wire.TYPES.size(); i++) {
      for (Samples.Size size : Samples.Size.values()) {
        List<Object> values = Samples.of(Wire.TYPES.get(i), size);
        for (int j = 0; j < values.size(); j++) {
          byte[] cbor = Wire.codec(i).encode(values.get(j));
          byte[] seed = new byte[1 + cbor.length];
          seed[0] = (byte) i;
          System.arraycopy(cbor, 0, seed, 1, cbor.length);
          String name = Wire.TYPES.get(i).getName().replaceAll(".*\\.", "").replace('$', '-');
          seeds.put(name + "-" + size.name().toLowerCase(java.util.Locale.ROOT) + "-" + j, seed);
        }
      }
    }
    return seeds;
  }

  /// Histories that the rules let pass from the first entry to the last.
  static Map<String, byte[]> entries() {
    return Map.of(
        "vault", vaultHistory(),
        "ranks", rankHistory(),
        "devices", deviceHistory(),
        "policy", policyHistory());
  }

  private static Script<Body> script() {
    return new Script<>(Codec.of(Body.class));
  }

  private static TeamState after(Script<Body> script) {
    return EntriesTarget.run(script.bytes());
  }

  private static VaultId newVault(Script<Body> script, int who) {
    script.step(who, 0, new Body.VaultCreate(Bytes.zeros(16)));
    return new VaultId(after(script).head().hash().value());
  }

  private static void join(Script<Body> script, int who, int place) {
    InviteId invite = CAST.invitation(place).id();
    var actor = CAST.person(who);
    JoinStatement statement =
        new JoinStatement(
            after(script).id(),
            invite,
            actor.id(),
            Hash.ZERO,
            actor.device().keys(),
            actor.memberKey());
    script.step(who, place, new Body.Join(unsigned(JoinStatement.CODEC.encode(statement))));
  }

  private static SignedBytes unsigned(byte[] payload) {
    return new SignedBytes(Bytes.of(payload), NO_SIGNATURE);
  }

  private static Body invitation(int place, TeamRole role, JoinMode mode, VaultGrant... vaults) {
    return TestTeam.invitation(CAST.invitation(place), role, mode, vaults);
  }

  private static byte[] vaultHistory() {
    Script<Body> script = script();
    VaultId vault = newVault(script, 0);
    VaultHead empty = TestTeam.empty(vault);
    script.step(
        0,
        0,
        invitation(1, TeamRole.MEMBER, JoinMode.AT_ONCE, new VaultGrant(empty, VaultRole.EDITOR)));
    join(script, 1, 1);
    script.step(
        0, 0, new Body.Grant(CAST.person(1).id(), empty, VaultRole.VIEWER, Optional.of(2L)));
    script.step(0, 0, new Body.Revoke(CAST.person(1).id(), empty, Body.Abandon.KEPT));
    return script.bytes();
  }

  private static byte[] rankHistory() {
    Script<Body> script = script();
    VaultId vault = newVault(script, 0);
    script.step(0, 0, invitation(2, TeamRole.OWNER, JoinMode.AFTER_CONFIRMATION));
    join(script, 2, 2);
    script.step(0, 0, new Body.Confirm(CAST.person(2).id(), after(script).head().hash()));
    script.step(2, 0, new Body.RoleChange(CAST.person(0).id(), TeamRole.ADMIN));
    script.step(
        2,
        0,
        new Body.MemberRemove(CAST.person(0).id(), List.of(TestTeam.empty(vault)), List.of(vault)));
    return script.bytes();
  }

  private static byte[] deviceHistory() {
    Script<Body> script = script();
    VaultHead empty = TestTeam.empty(newVault(script, 0));
    var phone = CAST.device(0, 0).keys();
    DeviceStatement statement = new DeviceStatement(after(script).id(), CAST.person(0).id(), phone);
    script.step(
        0,
        1 << 3,
        new Body.DeviceAdd(
            unsigned(DeviceStatement.CODEC.encode(statement)),
            new WrappedSeed(phone.id(), Bytes.zeros(1168))));
    script.step(
        1 << 3, 0, new Body.DeviceRevoke(CAST.person(0).device().keys().id(), List.of(empty)));
    script.step(
        1 << 3,
        0,
        new Body.MemberRekey(
            CAST.key(0, 0),
            List.of(new WrappedSeed(phone.id(), Bytes.zeros(1168))),
            Bytes.zeros(80),
            List.of(empty)));
    return script.bytes();
  }

  private static byte[] policyHistory() {
    Script<Body> script = script();
    script.step(0, 0, new Body.Policy(2, JoinMode.AFTER_CONFIRMATION));
    script.step(0, 0, invitation(3, TeamRole.MEMBER, JoinMode.AFTER_CONFIRMATION));
    join(script, 3, 3);
    script.step(0, 0, new Body.InviteCancel(CAST.invitation(3).id()));
    return script.bytes();
  }

  /// Histories of one vault; the team head of a step is the last, whatever the number says beyond it.
  static Map<String, byte[]> commits() {
    FileId file = new FileId(bytes(1));
    RevisionId first = new RevisionId(bytes(2));
    RevisionId second = new RevisionId(bytes(3));
    Change.Put put = put(file, first, Optional.empty());
    Change.Put again = put(file, second, Optional.of(first));
    RevisionId named = new RevisionId(Bytes.zeros(16));
    Change.Put renamed =
        new Change.Put(
            FileId.NAME, new RevisionId(bytes(4)), Optional.of(named), Optional.empty(), Hash.ZERO);
    SendId id = new SendId(bytes(6));
    Change.Send send =
        new Change.Send(
            id,
            second,
            Hash.ZERO,
            Hash.ZERO,
            bytes(7),
            new BlobId(bytes(8)),
            Hash.ZERO,
            List.of(first),
            List.of(new BlobId(bytes(9))),
            new SendTerms(
                5, Optional.of(1L), Optional.empty(), Optional.empty(), Optional.empty()));
    int last = 9;
    return Map.of(
        "send",
            new Script<>(CommitsTarget.CHANGES)
                .step(0, last, changes(put))
                .step(1, last, changes(send))
                .step(0, last, changes(new Change.SendExtend(id, 6)))
                .step(0, last, changes(new Change.SendEnd(id)))
                .bytes(),
        "file",
            new Script<>(CommitsTarget.CHANGES)
                .step(0, last, changes(put))
                .step(1, last, changes(again))
                .step(0, last, changes(new Change.Purge(file, List.of(first))))
                .step(1, last, changes(new Change.Delete(file, second)))
                .bytes(),
        "name", new Script<>(CommitsTarget.CHANGES).step(0, last, changes(renamed, put)).bytes(),
        "viewer", new Script<>(CommitsTarget.CHANGES).step(2, last, changes(put)).bytes(),
        "back-dated", new Script<>(CommitsTarget.CHANGES).step(3, last - 1, changes(put)).bytes());
  }

  private static CommitsTarget.Changes changes(Change... changes) {
    return new CommitsTarget.Changes(List.of(changes));
  }

  private static Change.Put put(FileId file, RevisionId revision, Optional<RevisionId> previous) {
    return new Change.Put(file, revision, previous, Optional.of(new BlobId(bytes(5))), Hash.ZERO);
  }

  private static Bytes bytes(int number) {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) number;
    return Bytes.of(bytes);
  }
}
