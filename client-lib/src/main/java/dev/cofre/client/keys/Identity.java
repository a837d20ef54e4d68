package dev.cofre.client.keys;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.DeviceKeys;
import dev.cofre.protocol.team.DeviceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The keys of one device of one member: what it signs with, what it receives the member's seed with, and the member's
/// encryption keys, the newest last. All wiped on close.
public final class Identity implements AutoCloseable {
  private final MemberId member;
  private final DeviceId device;
  private final DeviceKind kind;
  private final SigningKey signing;
  private final EncryptionKey receiving;
  private final List<EncryptionKey> memberKeys;

  private Identity(
      MemberId member,
      DeviceId device,
      DeviceKind kind,
      SigningKey signing,
      EncryptionKey receiving,
      List<EncryptionKey> memberKeys) {
    this.member = member;
    this.device = device;
    this.kind = kind;
    this.signing = signing;
    this.receiving = receiving;
    this.memberKeys = new ArrayList<>(memberKeys);
  }

  /// A new member's first device.
  public static Identity ofNewMember(RandomSource random) {
    Identity identity = ofNewDevice(new MemberId(random.bytes(MemberId.LENGTH)), random);
    identity.memberKeys.add(EncryptionKey.generate(random));
    return identity;
  }

  /// A further device of a member, which still waits for the member's keys.
  public static Identity ofNewDevice(MemberId member, RandomSource random) {
    return new Identity(
        member,
        new DeviceId(random.bytes(DeviceId.LENGTH)),
        DeviceKind.COMPUTER,
        SigningKey.generate(random),
        EncryptionKey.generate(random),
        List.of());
  }

  /// A device whose keys are known. The seeds are copied.
  static Identity of(
      MemberId member,
      DeviceId device,
      DeviceKind kind,
      SecretBytes signingSeed,
      SecretBytes receivingSeed,
      List<SecretBytes> memberSeeds) {
    return new Identity(
        member,
        device,
        kind,
        SigningKey.fromSeed(signingSeed),
        EncryptionKey.fromSeed(receivingSeed),
        memberSeeds.stream().map(EncryptionKey::fromSeed).toList());
  }

  /// The member.
  public MemberId member() {
    return member;
  }

  /// The device.
  public DeviceId device() {
    return device;
  }

  /// The device's public half.
  public DeviceKeys deviceKeys() {
    return new DeviceKeys(device, kind, signing.publicKey(), receiving.publicKey());
  }

  /// Signs a payload for one purpose.
  public SignedBytes sign(Label label, byte[] payload) {
    return new SignedBytes(Bytes.of(payload), signing.sign(label.prefix(payload)));
  }

  /// The newest of the member's encryption keys that this device has; none as long as it has received none.
  public Optional<EncryptionKey> newestKey() {
    return memberKeys.isEmpty() ? Optional.empty() : Optional.of(memberKeys.getLast());
  }

  /// The member's encryption key of a hash, an earlier one included.
  public Optional<EncryptionKey> memberKey(Hash hash) {
    return memberKeys.stream().filter(key -> hashOf(key).equals(hash)).findFirst();
  }

  /// Takes a key of the member's over. `order` names all of the member's keys, the newest last.
  public void add(EncryptionKey key, List<Hash> order) {
    memberKeys.add(key);
    memberKeys.sort(Comparator.comparingInt(each -> order.indexOf(hashOf(each))));
  }

  /// How a member's key is named: the SHA-256 of its public half.
  public static Hash hashOf(EncryptionKey key) {
    return Hash.sha256(key.publicKey().toArray());
  }

  /// What the member's seed is received with.
  EncryptionKey receiving() {
    return receiving;
  }

  SecretBytes signingSeed() {
    return signing.seed();
  }

  /// The member's encryption keys, the newest last; they stay owned here.
  public List<EncryptionKey> memberKeys() {
    return List.copyOf(memberKeys);
  }

  /// Copies of all that is secret in it, for whoever searches a place where none of it may be.
  public List<SecretBytes> seeds() {
    List<SecretBytes> seeds = new ArrayList<>(List.of(signing.seed(), receiving.seed()));
    memberKeys.forEach(key -> seeds.add(key.seed()));
    return seeds;
  }

  @Override
  public void close() {
    signing.close();
    receiving.close();
    memberKeys.forEach(EncryptionKey::close);
  }

  @Override
  public String toString() {
    return "Identity[" + device + "]";
  }
}
