package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;

/// What a sender gets from HPKE: the bytes to hand to the recipient, and the secret that both now share.
public final class Encapsulation implements AutoCloseable {
  /// The length of the bytes: ML-KEM-768 ciphertext ‖ X25519 key.
  public static final int LENGTH = 1120;

  private final Bytes bytes;
  private final SecretBytes secret;

  Encapsulation(Bytes bytes, SecretBytes secret) {
    this.bytes = bytes;
    this.secret = secret;
  }

  /// The encapsulation, [#LENGTH] bytes, not secret.
  public Bytes bytes() {
    return bytes;
  }

  /// The exported secret, 32 bytes, wiped with this object.
  public SecretBytes secret() {
    return secret;
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "Encapsulation[" + bytes.length() + "]";
  }
}
