package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.server.domain.Refusal;
import io.micronaut.context.annotation.Value;
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
  private static final int PER_ADDRESS = 20;

  private final InstantSource clock;
  private final Buckets<Bytes> addresses = new Buckets<>(SECONDS * PER_ADDRESS, PER_ADDRESS);
  private final Buckets<Bytes> subjects;
  private final Buckets<TeamId> teams;

  RateLimits(
      InstantSource clock,
      @Value("${COFRE_REQUESTS_PER_DEVICE:200}") int perDevice,
      @Value("${COFRE_REQUESTS_PER_TEAM:1000}") int perTeam) {
    this.clock = clock;
    this.subjects = new Buckets<>(SECONDS * perDevice, perDevice);
    this.teams = new Buckets<>(SECONDS * perTeam, perTeam);
  }

  /// Takes one request out of an address's bucket.
  ///
  /// @throws Refusal when it is empty
  public void take(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] shared = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
    addresses.take(Bytes.of(shared), clock.millis());
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
