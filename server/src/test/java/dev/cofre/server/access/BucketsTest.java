package dev.cofre.server.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class BucketsTest {
  private static final InstantSource FIXED = InstantSource.fixed(Instant.ofEpochSecond(1));

  private static Limits limits(int perDevice, int perTeam) {
    return new Limits(
        20, perDevice, perTeam, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  private static TeamId team(int number) {
    byte[] id = new byte[TeamId.LENGTH];
    id[0] = (byte) number;
    return new TeamId(Bytes.of(id));
  }

  @Test
  void refillsEvenly() {
    Buckets<String> buckets = new Buckets<>(2, 1);
    buckets.take("a", 0);
    buckets.take("a", 0);
    Refusal refusal = assertThrows(Refusal.class, () -> buckets.take("a", 999));
    assertEquals(Problem.RATE_LIMITED, refusal.problem());
    assertDoesNotThrow(() -> buckets.take("b", 999));
    assertDoesNotThrow(() -> buckets.take("a", 1000));
  }

  @Test
  @Tag("N02")
  void limitsADeviceAndItsTeamApart() {
    RateLimits limits = new RateLimits(FIXED, limits(1, 2));
    Bytes ana = Bytes.of((byte) 1);
    Bytes rui = Bytes.of((byte) 2);
    Bytes eva = Bytes.of((byte) 3);
    for (int i = 0; i < RateLimits.SECONDS; i++) {
      limits.take(team(1), ana);
    }
    assertThrows(Refusal.class, () -> limits.take(team(1), ana));
    for (int i = 0; i < RateLimits.SECONDS; i++) {
      limits.take(team(1), rui);
    }
    assertThrows(Refusal.class, () -> limits.take(team(1), eva));
    assertDoesNotThrow(() -> limits.take(team(2), Bytes.of((byte) 4)));
  }

  @Test
  @Tag("N02")
  void countsANetworkOfIpv6AsOne() throws Exception {
    RateLimits limits = new RateLimits(FIXED, limits(1, 1));
    for (int i = 0; i < 400; i++) {
      limits.take(InetAddress.ofLiteral("2001:db8::" + Integer.toHexString(i + 1)));
    }
    assertThrows(Refusal.class, () -> limits.take(InetAddress.ofLiteral("2001:db8::ffff")));
    assertDoesNotThrow(() -> limits.take(InetAddress.ofLiteral("2001:db8:0:1::1")));
  }
}
