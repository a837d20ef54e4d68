package dev.cofre.server;

import java.net.InetAddress;

/// Tells this machine's own addresses from all others, without asking anybody for a name.
final class ThisMachine {
  private ThisMachine() {}

  /// Whether a host, as it stands in an address, is a loopback one.
  static boolean isNamedBy(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
