package dev.cofre.server.access;

import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often an address may ask without a session: a bucket of [#BURST] requests for each, refilled by [#PER_SECOND]. All
/// addresses of one IPv6 /64 share a bucket.
@Singleton
public class RateLimits {
  static final int BURST = 400;
  static final int PER_SECOND = 20;
  private static final int REMEMBERED = 50_000;

  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true);

  RateLimits(InstantSource clock) {
    this.clock = clock;
  }

  private record Bucket(double tokens, long at) {
    Bucket refilled(long now) {
      double refill = Math.max(0, now - at) / 1000.0 * PER_SECOND;
      return new Bucket(Math.min(BURST, tokens + refill), now);
    }
  }

  /// Takes one request out of an address's bucket.
  ///
  /// @throws Refusal when it is empty
  public void take(InetAddress address) {
    String key = key(address);
    long now = clock.millis();
    synchronized (buckets) {
      Bucket bucket = buckets.getOrDefault(key, new Bucket(BURST, now)).refilled(now);
      Refusal.unless(
          bucket.tokens() >= 1, Problem.RATE_LIMITED, "too many requests: wait a second");
      buckets.put(key, new Bucket(bucket.tokens() - 1, now));
      if (buckets.size() > REMEMBERED) {
        List.copyOf(buckets.keySet()).stream().limit(REMEMBERED / 10).forEach(buckets::remove);
      }
    }
  }

  private static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] shared = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
    return HexFormat.of().formatHex(shared);
  }
}
