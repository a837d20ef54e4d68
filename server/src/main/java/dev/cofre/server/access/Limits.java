package dev.cofre.server.access;

import java.time.Duration;

/// How much of the server others may have at once.
///
/// @param perAddress requests a second without a session from one address
/// @param perDevice requests a second for a device
/// @param perTeam requests a second for a team
/// @param connections connections at once, in all
/// @param connectionsPerAddress connections at once from one address
/// @param slowest bytes a second of content, at least, once the grace is over
/// @param head how long the head of a request may take
/// @param grace how long anything may take, however slowly it goes
public record Limits(
    int perAddress,
    int perDevice,
    int perTeam,
    int connections,
    int connectionsPerAddress,
    int slowest,
    Duration head,
    Duration grace) {
  /// What holds unless something else is said.
  public static final Limits USUAL =
      new Limits(20, 200, 1000, 4096, 256, 4 << 10, Duration.ofSeconds(10), Duration.ofSeconds(15));

  public Limits {
    if (perAddress < 1
        || perDevice < 1
        || perTeam < 1
        || connections < 1
        || connectionsPerAddress < 1
        || slowest < 1) {
      throw new IllegalArgumentException("a limit is positive");
    }
  }

  /// How long so many bytes may take at most.
  public Duration timeFor(long bytes) {
    return grace.plusSeconds(bytes / slowest);
  }
}
