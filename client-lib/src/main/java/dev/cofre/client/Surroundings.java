package dev.cofre.client;

import dev.cofre.client.crypto.RandomSource;
import java.time.InstantSource;

/// What the client takes from outside: time and randomness.
public record Surroundings(InstantSource clock, RandomSource random) {
  /// The system's clock and randomness.
  public static Surroundings system() {
    return new Surroundings(InstantSource.system(), RandomSource.system());
  }
}
