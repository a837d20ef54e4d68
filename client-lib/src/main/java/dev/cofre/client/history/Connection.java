package dev.cofre.client.history;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.TeamId;
import java.time.InstantSource;

/// One device of one member, talking to the server of its team. The origin is what links to be handed over name.
public record Connection(
    Server server,
    String origin,
    TeamId team,
    Identity identity,
    RandomSource random,
    InstantSource clock) {
  /// This device's clock in milliseconds since 1970, which nobody relies on.
  public long now() {
    return Math.max(0, clock.millis());
  }
}
