package dev.cofre.server.access;

import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A bucket of requests for each key, full at first and refilled evenly. Those used longest ago are forgotten when there are too many.
final class Buckets<K> {
  private static final int REMEMBERED = 50_000;

  private final int burst;
  private final int perSecond;
  private final Map<K, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true);

  Buckets(int burst, int perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
  }

  private record Bucket(double tokens, long at) {}

  /// Takes one request out of a key's bucket at a time in milliseconds.
  ///
  /// @throws Refusal when it is empty
  synchronized void take(K key, long now) {
    Bucket old = buckets.getOrDefault(key, new Bucket(burst, now));
    double refill = Math.max(0, now - old.at()) / 1000.0 * perSecond;
    double tokens = Math.min(burst, old.tokens() + refill);
    Refusal.unless(tokens >= 1, Problem.RATE_LIMITED, "too many requests: wait a second");
    buckets.put(key, new Bucket(tokens - 1, now));
    if (buckets.size() > REMEMBERED) {
      List.copyOf(buckets.keySet()).stream().limit(REMEMBERED / 10).forEach(buckets::remove);
    }
  }
}
