package dev.cofre.client;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.team.DeviceKind;
import java.time.Instant;
import java.util.Optional;

/// A device of a member, or a recovery kit. Times are the clocks of the entries' authors.
public record TeamDevice(
    DeviceId id,
    MemberId member,
    DeviceKind kind,
    Instant added,
    Optional<Instant> revoked,
    Place place) {
  /// Whether it is this device.
  public enum Place {
    /// The device that asks.
    HERE,
    /// Another one.
    ELSEWHERE
  }
}
