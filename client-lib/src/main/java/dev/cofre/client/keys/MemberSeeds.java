package dev.cofre.client.keys;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.team.DeviceKeys;
import dev.cofre.protocol.team.WrappedSeed;
import java.util.Arrays;

/// How the devices of a member come to share the member's encryption key: its seed is wrapped to each device's own key, and the seed
/// before it is sealed under it.
public final class MemberSeeds {
  private static final String WHAT = "a member's key";

  private MemberSeeds() {}

  /// The newest key's seed for a device.
  ///
  /// @throws CofreException when the device's public key is not a valid one
  public static WrappedSeed wrap(
      TeamId team, MemberId member, EncryptionKey key, DeviceKeys device, RandomSource random)
      throws CofreException {
    byte[] info = info(team, member, device.id(), Identity.hashOf(key));
    try (SecretBytes seed = key.seed()) {
      return new WrappedSeed(device.id(), Hpke.sealTo(device.encryptionKey(), info, seed, random));
    }
  }

  /// The member's key, received by this device. `keyHash` is what the team log says that it hashes to.
  ///
  /// @throws Tampered when it is another key, or for another device; in the same words whatever it was
  public static EncryptionKey unwrap(
      Identity identity, TeamId team, Hash keyHash, WrappedSeed wrapped) throws Tampered {
    byte[] info = info(team, identity.member(), identity.device(), keyHash);
    try (SecretBytes seed = Hpke.openFrom(identity.receiving(), info, wrapped.wrap())) {
      return checked(EncryptionKey.fromSeed(seed), keyHash);
    } catch (Tampered _) {
      throw new Tampered(WHAT);
    }
  }

  /// The seed of a key that is replaced, under the key that replaces it.
  public static Bytes sealPrevious(
      TeamId team,
      MemberId member,
      EncryptionKey previous,
      EncryptionKey next,
      RandomSource random) {
    byte[] context =
        previousContext(team, member, Identity.hashOf(previous), Identity.hashOf(next));
    try (SecretBytes nextSeed = next.seed();
        SecretBytes previousSeed = previous.seed();
        SecretBytes key = Hkdf.expand(nextSeed, context, Cobblestone.KEY_LENGTH)) {
      byte[] message = previousSeed.toArray();
      try {
        return Bytes.of(Cobblestone.seal(key, context, message, random));
      } finally {
        Arrays.fill(message, (byte) 0);
      }
    }
  }

  /// The key before `next`, whose hash the team log says.
  ///
  /// @throws Tampered when it is another key
  public static EncryptionKey openPrevious(
      TeamId team, MemberId member, Hash previous, EncryptionKey next, Bytes sealed)
      throws Tampered {
    byte[] context = previousContext(team, member, previous, Identity.hashOf(next));
    try (SecretBytes nextSeed = next.seed();
        SecretBytes key = Hkdf.expand(nextSeed, context, Cobblestone.KEY_LENGTH)) {
      byte[] message = Cobblestone.open(key, context, sealed.toArray());
      if (message.length != EncryptionKey.SEED_LENGTH) {
        throw new Tampered("a member's previous key");
      }
      try (SecretBytes seed = SecretBytes.taking(message)) {
        return checked(EncryptionKey.fromSeed(seed), previous);
      }
    }
  }

  private static EncryptionKey checked(EncryptionKey key, Hash expected) throws Tampered {
    if (!Identity.hashOf(key).equals(expected)) {
      key.close();
      throw new Tampered(WHAT);
    }
    return key;
  }

  private static byte[] info(TeamId team, MemberId member, DeviceId device, Hash key) {
    return Context.of(Label.MEMBER_SEED, team, member, device, key);
  }

  private static byte[] previousContext(TeamId team, MemberId member, Hash previous, Hash next) {
    return Context.of(Label.PREVIOUS_SEED, team, member, previous, next);
  }
}
