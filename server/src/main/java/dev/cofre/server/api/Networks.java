package dev.cofre.server.api;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Where an address is, roughly.
final class Networks {
  private Networks() {}

  /// The IPv4 /24 or the IPv6 /48 of an address, as in `203.0.113.0/24`.
  static String of(InetAddress address) {
    boolean six = address instanceof Inet6Address;
    int bytes = six ? 6 : 3;
    byte[] network =
        Arrays.copyOf(Arrays.copyOf(address.getAddress(), bytes), address.getAddress().length);
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + bytes * 8;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of another length", e);
    }
  }
}
