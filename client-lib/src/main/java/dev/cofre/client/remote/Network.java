package dev.cofre.client.remote;

import dev.cofre.client.crypto.RandomSource;
import java.time.InstantSource;

/// What [HttpRemote] takes from outside: the clock that logins carry, the randomness that spreads retries, how to wait, and
/// how long.
public record Network(
    InstantSource clock, RandomSource random, Patience.Sleeper sleeper, Patience patience) {
  /// The system's sleep and the usual patience.
  public static Network of(InstantSource clock, RandomSource random) {
    return new Network(clock, random, Thread::sleep, Patience.USUAL);
  }
}
