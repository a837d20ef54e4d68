package dev.cofre.protocol.signed;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;

/// A decoded value beside the exact signed bytes it came from. Decoding says nothing about the signature: whoever knows the
/// key calls [#verifies].
public record Signed<T>(T value, SignedBytes bytes, Label label, Hash hash) {
  /// Decodes a payload.
  ///
  /// @throws MalformedException when the payload is not exactly one value of the codec
  public static <T> Signed<T> read(Label label, Codec<T> codec, SignedBytes bytes)
      throws MalformedException {
    T value = codec.decode(bytes.payload().toArray());
    return new Signed<>(value, bytes, label, bytes.hash(label));
  }

  /// Whether the key made this signature.
  public boolean verifies(Bytes publicKey) {
    return bytes.verifies(label, publicKey);
  }
}
