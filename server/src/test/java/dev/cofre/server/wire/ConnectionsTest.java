package dev.cofre.server.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.server.access.Limits;
import dev.cofre.server.api.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N07")
final class ConnectionsTest {
  private static final Limits LIMITS =
      new Limits(1, 1, 1, 5, 2, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static Connections connections(String... proxies) {
    return new Connections(
        LIMITS, new Addresses(List.of(proxies).stream().map(Addresses.Network::parse).toList()));
  }

  private static InetAddress at(String address) {
    return InetAddress.ofLiteral(address);
  }

  @Test
  void anAddressHasItsShare() {
    Connections connections = connections();
    assertTrue(connections.enter(at("192.0.2.1")));
    assertTrue(connections.enter(at("192.0.2.1")));
    assertFalse(connections.enter(at("192.0.2.1")));
    assertTrue(connections.enter(at("192.0.2.2")));
    connections.leave(at("192.0.2.1"));
    assertTrue(connections.enter(at("192.0.2.1")));
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    Connections connections = connections();
    assertTrue(connections.enter(at("2001:db8::1")));
    assertTrue(connections.enter(at("2001:db8::2")));
    assertFalse(connections.enter(at("2001:db8::3")));
    assertTrue(connections.enter(at("2001:db8:0:1::1")));
  }

  @Test
  void allTogetherHaveOnlySoMany() {
    Connections connections = connections();
    for (int i = 1; i <= 5; i++) {
      assertTrue(connections.enter(at("192.0.2." + i)));
    }
    assertFalse(connections.enter(at("192.0.2.6")));
    connections.leave(at("192.0.2.1"));
    assertTrue(connections.enter(at("192.0.2.6")));
  }

  @Test
  void aTrustedProxyBringsMany() {
    Connections connections = connections("192.0.2.0/24");
    for (int i = 0; i < 5; i++) {
      assertTrue(connections.enter(at("192.0.2.1")));
    }
    assertFalse(connections.enter(at("192.0.2.1")));
  }
}
