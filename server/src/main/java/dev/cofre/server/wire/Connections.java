package dev.cofre.server.wire;

import dev.cofre.protocol.Bytes;
import dev.cofre.server.access.Limits;
import dev.cofre.server.access.RateLimits;
import dev.cofre.server.api.Addresses;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// How many are connected, in all and from each address. All addresses of one IPv6 /64 count as one; trusted proxies bring many people, so
/// only the number in all counts for them.
@Singleton
final class Connections {
  private final Limits limits;
  private final Addresses addresses;
  private final Map<Bytes, Integer> each = new HashMap<>();
  private int all;

  Connections(Limits limits, Addresses addresses) {
    this.limits = limits;
    this.addresses = addresses;
  }

  /// Counts one more, if there may be one more.
  synchronized boolean enter(InetAddress address) {
    Bytes key = RateLimits.shared(address);
    boolean room =
        all < limits.connections()
            && (addresses.isTrusted(address)
                || each.getOrDefault(key, 0) < limits.connectionsPerAddress());
    if (room) {
      all++;
      each.merge(key, 1, Integer::sum);
    }
    return room;
  }

  /// Counts one less.
  synchronized void leave(InetAddress address) {
    all--;
    each.computeIfPresent(
        RateLimits.shared(address), (_, count) -> count > 1 ? (Integer) (count - 1) : null);
  }
}
