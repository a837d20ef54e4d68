package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.ServerInfo;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Who may register a team. Holds only the hash of the token, where there is one.
public record Registration(ServerInfo.Registration mode, Hash tokenHash) {
  /// Anybody.
  public static Registration open() {
    return new Registration(ServerInfo.Registration.OPEN, Hash.ZERO);
  }

  /// Nobody.
  public static Registration closed() {
    return new Registration(ServerInfo.Registration.CLOSED, Hash.ZERO);
  }

  /// Whoever has the token.
  public static Registration byToken(String token) {
    return new Registration(ServerInfo.Registration.TOKEN, hash(token));
  }

  /// @throws Refusal when a team may not be registered with this token
  void require(Optional<String> token) {
    boolean allowed =
        switch (mode) {
          case OPEN -> true;
          case TOKEN -> token.map(Registration::hash).filter(tokenHash::equals).isPresent();
          case CLOSED -> false;
        };
    Refusal.unless(
        allowed,
        Problem.REGISTRATION_CLOSED,
        "this server registers no team, or not with this token");
  }

  private static Hash hash(String token) {
    return Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
  }
}
