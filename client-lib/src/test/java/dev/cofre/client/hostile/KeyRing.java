package dev.cofre.client.hostile;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.keys.Identity;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import java.util.ArrayList;
import java.util.List;

/// What an adversary has to substitute for the keys of others, and to open things with: a person of its own making, a symmetric key, and
/// whatever keys it has come by.
final class KeyRing {
  private static final RandomSource RANDOM = RandomSource.system();

  private final Identity nobody;
  private final Bytes symmetric;
  private final List<EncryptionKey> decapsulating = new ArrayList<>();
  private final List<Bytes> secrets = new ArrayList<>();

  private KeyRing(Identity nobody, Bytes symmetric) {
    this.nobody = nobody;
    this.symmetric = symmetric;
  }

  /// A ring of fresh keys, and of zeros.
  static KeyRing fresh() {
    KeyRing ring = new KeyRing(Identity.ofNewMember(RANDOM), RANDOM.bytes(32));
    ring.decapsulating.addAll(ring.nobody.memberKeys());
    ring.learn(Bytes.zeros(32));
    ring.learn(ring.symmetric);
    return ring;
  }

  /// The same keys, to which more may be added.
  KeyRing copy() {
    KeyRing copy = new KeyRing(nobody, symmetric);
    copy.decapsulating.addAll(decapsulating);
    copy.secrets.addAll(secrets);
    return copy;
  }

  /// A person with valid keys whom no team knows.
  Identity nobody() {
    return nobody;
  }

  /// Somebody with valid keys who claims to be this member with this device.
  static Identity claiming(MemberId member) {
    return Identity.ofNewDevice(member, RANDOM);
  }

  /// An id of a device that there is not.
  static DeviceId device() {
    return new DeviceId(RANDOM.bytes(DeviceId.LENGTH));
  }

  /// Comes by the keys of somebody.
  void add(Identity identity) {
    identity.memberKeys().forEach(key -> decapsulating.add(EncryptionKey.fromSeed(key.seed())));
    identity.seeds().forEach(seed -> secrets.add(Bytes.of(seed.toArray())));
  }

  /// Comes by 32 bytes.
  void learn(Bytes secret) {
    secrets.add(secret);
    decapsulating.add(EncryptionKey.fromSeed(SecretBytes.copyOf(secret.toArray())));
  }

  /// What it can decapsulate with.
  List<EncryptionKey> privateKeys() {
    return List.copyOf(decapsulating);
  }

  /// What it can open with, 32 bytes each.
  List<Bytes> secrets() {
    return List.copyOf(secrets);
  }
}
