package dev.cofre.protocol.signed;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Length;

/// What was signed, as the exact bytes sent, and the Ed25519 signature over `label ‖ 0x00 ‖ payload`.
public record SignedBytes(
    @Length(min = 1, max = SignedBytes.MAX_PAYLOAD) Bytes payload,
    @Length(min = 64, max = 64) Bytes signature) {
  /// No signed payload is longer than a commit may be: 4 MiB.
  public static final int MAX_PAYLOAD = 4 << 20;

  /// `SHA-256(label ‖ 0x00 ‖ payload ‖ signature)`: how chains and ids name it.
  public Hash hash(Label label) {
    return Hash.sha256(label.prefix(payload.toArray()), signature.toArray());
  }

  /// Whether the key made this signature, by the strict rule of [StrictEd25519].
  public boolean verifies(Label label, Bytes publicKey) {
    return StrictEd25519.verify(publicKey, label.prefix(payload.toArray()), signature);
  }
}
