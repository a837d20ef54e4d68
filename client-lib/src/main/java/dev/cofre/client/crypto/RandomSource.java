package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;

/// Where keys, salts and ids come from. Passed as a parameter, so that tests can choose the bytes.
@FunctionalInterface
public interface RandomSource {
  /// Fills the whole array.
  void fill(byte[] target);

  /// Fresh random bytes that may be published, such as a salt or an id.
  default Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    fill(bytes);
    return Bytes.of(bytes);
  }

  /// A fresh random secret, owned by the caller.
  default SecretBytes secret(int length) {
    byte[] bytes = new byte[length];
    fill(bytes);
    return SecretBytes.taking(bytes);
  }

  /// The generator of the operating system, safe for many threads.
  static RandomSource system() {
    return SystemRandom.SOURCE;
  }
}
