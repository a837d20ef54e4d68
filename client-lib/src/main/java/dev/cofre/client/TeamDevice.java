package dev.cofre.client;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.DeviceKind;
import dev.cofre.protocol.team.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A device of a member, or a recovery kit. Times are the clocks of the entries' authors.
public record TeamDevice(
    DeviceId id,
    MemberId member,
    DeviceKind kind,
    Instant added,
    Optional<Instant> revoked,
    Place place) {
  static TeamDevice of(Device device, List<Signed<Entry>> log, DeviceId here) {
    DeviceId id = device.keys().id();
    return new TeamDevice(
        id,
        device.member(),
        device.keys().kind(),
        time(log, device.since()),
        device.revokedAt().map(seq -> time(log, seq)),
        id.equals(here) ? Place.HERE : Place.ELSEWHERE);
  }

  private static Instant time(List<Signed<Entry>> log, long seq) {
    return Instant.ofEpochMilli(log.get((int) seq).value().time());
  }

  /// Whether it is this device.
  public enum Place {
    /// The device that asks.
    HERE,
    /// Another one.
    ELSEWHERE
  }
}
