package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import java.net.InetAddress;
import java.util.Optional;

/// Whoever sends a request, before anything is known of them: where from, and the hash of the session's token that came along.
public record Asker(InetAddress address, Optional<Bytes> tokenHash) {
  /// Keeps of a token only its hash.
  public static Asker of(InetAddress address, Optional<Bytes> token) {
    return new Asker(address, token.map(Logins::hash));
  }
}
