package dev.cofre.protocol.api;

import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;

/// What a server says about itself: its release, and the origin (`scheme://host[:port]`) that logins must name.
public record ServerInfo(
    @Length(max = 64) String version, @Length(max = 255) String origin, Registration registration) {
  /// The wire form.
  public static final Codec<ServerInfo> CODEC = Codec.of(ServerInfo.class);

  /// Who may register a team. The ordinal is the wire form.
  public enum Registration {
    /// Anybody who reaches the server.
    OPEN,
    /// Whoever has the registration token.
    TOKEN,
    /// Nobody.
    CLOSED
  }
}
