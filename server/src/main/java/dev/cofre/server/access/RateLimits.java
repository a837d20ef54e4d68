package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.server.domain.Refusal;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Arrays;

/// How often an address may ask without a session, and a device and a team with one: so many requests a second, and
/// [#SECONDS] times as many at once. All addresses of one IPv6 /64 count as one.
@Singleton
public class RateLimits {
  static final int SECONDS = 20;

  private final InstantSource clock;
  private final Buckets<Bytes> addresses;
  private final Buckets<Bytes> subjects;
  private final Buckets<TeamId> teams;

  RateLimits(InstantSource clock, Limits limits) {
    this.clock = clock;
    this.addresses = new Buckets<>(SECONDS * limits.perAddress(), limits.perAddress());
    this.subjects = new Buckets<>(SECONDS * limits.perDevice(), limits.perDevice());
    this.teams = new Buckets<>(SECONDS * limits.perTeam(), limits.perTeam());
  }

  /// What of an address counts: of IPv6 the network, the first 64 bits, because anybody has as many addresses in it as they like.
  public static Bytes shared(InetAddress address) {
    byte[] bytes = address.getAddress();
    return Bytes.of(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }

  /// Takes one request out of an address's bucket.
  ///
  /// @throws Refusal when it is empty
  public void take(InetAddress address) {
    addresses.take(shared(address), clock.millis());
  }

  /// Takes one request out of the bucket of whoever is logged in, and out of their team's.
  ///
  /// @throws Refusal when one is empty
  void take(TeamId team, Bytes subject) {
    long now = clock.millis();
    subjects.take(subject, now);
    teams.take(team, now);
  }
}
