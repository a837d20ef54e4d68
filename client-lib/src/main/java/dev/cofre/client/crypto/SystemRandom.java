package dev.cofre.client.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;

/// The operating system's generator, asked anew each time where the platform offers that, so that a cloned virtual machine
/// does not repeat its clone's keys.
final class SystemRandom {
  static final RandomSource SOURCE = open()::nextBytes;

  private SystemRandom() {}

  private static SecureRandom open() {
    return named("NativePRNGNonBlocking")
        .or(() -> named("Windows-PRNG"))
        .orElseGet(SecureRandom::new);
  }

  private static Optional<SecureRandom> named(String algorithm) {
    try {
      return Optional.of(SecureRandom.getInstance(algorithm));
    } catch (NoSuchAlgorithmException _) {
      return Optional.empty();
    }
  }
}
