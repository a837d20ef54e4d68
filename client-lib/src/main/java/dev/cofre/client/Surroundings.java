package dev.cofre.client;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.remote.Limits;
import dev.cofre.client.remote.Network;
import java.time.InstantSource;

/// What the client takes from outside: time, randomness, and the way to a server.
public record Surroundings(InstantSource clock, RandomSource random, Dialer dialer) {
  /// With HTTP as the way to a server.
  public Surroundings(InstantSource clock, RandomSource random) {
    this(clock, random, Dialer.http(Network.of(clock, random)));
  }

  /// The same, but contents go no faster than this, all of one device together.
  public Surroundings limited(Limits limits) {
    return new Surroundings(clock, random, dialer.limited(limits));
  }

  /// The system's clock and randomness, and HTTP.
  public static Surroundings system() {
    return new Surroundings(InstantSource.system(), RandomSource.system());
  }
}
