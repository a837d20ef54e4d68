package dev.cofre.client.remote;

import dev.cofre.client.crypto.RandomSource;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/// What [HttpRemote] takes from outside: the clock that logins carry, the randomness that spreads retries, how to wait, how
/// long, and how fast contents may go.
public record Network(
    InstantSource clock,
    RandomSource random,
    Patience.Sleeper sleeper,
    Patience patience,
    Limits limits) {
  /// With no limits.
  public Network(
      InstantSource clock, RandomSource random, Patience.Sleeper sleeper, Patience patience) {
    this(clock, random, sleeper, patience, Limits.NONE);
  }

  /// The system's sleep and the usual patience.
  public static Network of(InstantSource clock, RandomSource random) {
    return new Network(clock, random, Thread::sleep, Patience.USUAL);
  }

  /// The same with limits.
  public Network limited(Limits to) {
    return new Network(clock, random, sleeper, patience, to);
  }

  Optional<Rate> up() {
    return rate(limits.up());
  }

  Optional<Rate> down() {
    return rate(limits.down());
  }

  private Optional<Rate> rate(OptionalLong limit) {
    return limit.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rate(limit.getAsLong(), clock, sleeper));
  }
}
