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

  private final Identity nobody = Identity.ofNewMember(RANDOM);
  private final Bytes symmetric = RANDOM.bytes(32);
  private final List<EncryptionKey> decapsulating = new ArrayList<>();
  private final List<Bytes> secrets = new ArrayList<>();

  KeyRing() {
    decapsulating.addAll(nobody.memberKeys());
    decapsulating.add(EncryptionKey.fromSeed(SecretBytes.taking(new byte[32])));
    decapsulating.add(EncryptionKey.fromSeed(SecretBytes.copyOf(symmetric.toArray())));
    secrets.addAll(List.of(symmetric, Bytes.zeros(32)));
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

  /// What it can decapsulate with.
  List<EncryptionKey> privateKeys() {
    return List.copyOf(decapsulating);
  }

  /// What it can open with, 32 bytes each.
  List<Bytes> secrets() {
    return List.copyOf(secrets);
  }
}
