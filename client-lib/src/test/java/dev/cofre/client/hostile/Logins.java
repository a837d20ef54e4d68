package dev.cofre.client.hostile;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.TeamState;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Challenges and sessions, as an honest server at one origin gives them.
final class Logins {
  private static final long MINUTE = 60_000;

  private final String origin;
  private final Set<Bytes> nonces = new HashSet<>();
  private final Map<String, Sessions.Subject> sessions = new HashMap<>();

  Logins(String origin) {
    this.origin = origin;
  }

  String origin() {
    return origin;
  }

  Sessions.Challenge challenge() {
    Bytes nonce = RandomSource.system().bytes(32);
    nonces.add(nonce);
    return new Sessions.Challenge(nonce, System.currentTimeMillis() + MINUTE);
  }

  /// A session for whoever signed a fresh challenge for this origin with a key that the team knows.
  Sessions.Opened open(TeamState team, Sessions.Delivery delivery, Sessions.Open request)
      throws Exception {
    Signed<Sessions.Login> signed = Signed.read(Label.LOGIN, Sessions.Login.CODEC, request.login());
    Sessions.Login login = signed.value();
    boolean good =
        login.origin().equals(origin)
            && login.team().equals(team.id())
            && nonces.remove(login.nonce())
            && key(team, login.subject()).filter(signed::verifies).isPresent();
    World.unless(good, Problem.LOGIN_REFUSED);
    Bytes token = RandomSource.system().bytes(32);
    sessions.put(text(token), login.subject());
    return new Sessions.Opened(token, System.currentTimeMillis() + 15 * MINUTE, delivery);
  }

  private static Optional<Bytes> key(TeamState team, Sessions.Subject subject) {
    return switch (subject) {
      case Sessions.Subject.OfDevice(var device) ->
          Optional.ofNullable(team.devices().get(device))
              .filter(known -> known.live())
              .map(known -> known.keys().signingKey());
      case Sessions.Subject.OfInvite(var invite) ->
          Optional.ofNullable(team.invitations().get(invite))
              .filter(Invitation::open)
              .map(known -> known.invite().key());
    };
  }

  static String text(Bytes token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toArray());
  }

  Optional<Sessions.Subject> who(String token) {
    return Optional.ofNullable(sessions.get(token));
  }

  void end(String token) {
    sessions.remove(token);
  }

  void endAll() {
    sessions.clear();
  }

  /// Who is about to log in with this request.
  Optional<Sessions.Subject> asking(Address address, Received request) {
    try {
      return switch (address.route()) {
        case Route.CHALLENGE ->
            Optional.of(Sessions.Ask.CODEC.decode(request.body().toArray()).subject());
        case Route.OPEN_SESSION -> {
          Sessions.Open open = Sessions.Open.CODEC.decode(request.body().toArray());
          yield Optional.of(
              Signed.read(Label.LOGIN, Sessions.Login.CODEC, open.login()).value().subject());
        }
        default -> Optional.empty();
      };
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }
}
