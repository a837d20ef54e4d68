package dev.cofre.server.api;

import dev.cofre.server.access.Asker;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Which address a request comes from. `X-Forwarded-For` counts only when the connection comes from a trusted proxy, and of
/// it only the last address, which that proxy added.
public record Addresses(List<Network> trustedProxies) {
  public Addresses {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /// A range of addresses, as in `10.0.0.0/8`; a bare address is a range of one.
  public record Network(InetAddress address, int prefix) {
    /// Reads a range.
    ///
    /// @throws IllegalArgumentException when the text is not an address with an optional prefix length
    public static Network parse(String text) {
      int slash = text.indexOf('/');
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits = address.getAddress().length * 8;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bits) {
        throw new IllegalArgumentException("prefix length out of range");
      }
      return new Network(address, prefix);
    }

    boolean contains(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] theirs = other.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        int mask = 0x80 >> (bit & 7);
        if (((mine[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /// Who asks.
  Asker asker(HttpRequest<?> request) {
    return Asker.of(of(request), Paths.token(request));
  }

  /// The address that asks.
  InetAddress of(HttpRequest<?> request) {
    InetAddress peer = request.getRemoteAddress().getAddress();
    return isTrusted(peer) ? forwarded(request).orElse(peer) : peer;
  }

  /// Whether many people may come from this address.
  public boolean isTrusted(InetAddress peer) {
    return trustedProxies.stream().anyMatch(network -> network.contains(peer));
  }

  private static Optional<InetAddress> forwarded(HttpRequest<?> request) {
    List<String> values = request.getHeaders().getAll("X-Forwarded-For");
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String all = values.getLast();
    try {
      return Optional.of(InetAddress.ofLiteral(all.substring(all.lastIndexOf(',') + 1).strip()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
