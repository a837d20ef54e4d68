package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.signed.StrictEd25519;
import dev.cofre.protocol.signed.XWingKeys;

/// Checks of keys and of statements before they enter the log.
final class KeyRules {
  private KeyRules() {}

  static void requireSigningKey(Bytes key) throws RuleException {
    RuleException.require(
        StrictEd25519.isAcceptableKey(key), Rule.KEY, "not an acceptable Ed25519 key");
  }

  static void requireEncryptionKey(Bytes key) throws RuleException {
    RuleException.require(XWingKeys.isAcceptable(key), Rule.KEY, "not an acceptable X-Wing key");
  }

  static void require(DeviceKeys device) throws RuleException {
    requireSigningKey(device.signingKey());
    requireEncryptionKey(device.encryptionKey());
  }

  /// Reads a statement, which is shorter than the entry that it stands in.
  static <T> Signed<T> read(Label label, Codec<T> codec, SignedBytes bytes) throws RuleException {
    try {
      return Signed.read(label, codec, bytes);
    } catch (UpdateNeededException _) {
      throw new RuleException(Rule.UPDATE_NEEDED, "a statement of an unknown version");
    } catch (MalformedException _) {
      throw new RuleException(Rule.STATEMENT, "a statement that cannot be read");
    }
  }

  static void requireSignature(Signed<?> signed, Label label, Bytes key) throws RuleException {
    RuleException.require(
        signed.label() == label && signed.verifies(key), Rule.SIGNATURE, "does not verify");
  }
}
