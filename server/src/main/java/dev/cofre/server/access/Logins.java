package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sessions.Ask;
import dev.cofre.protocol.api.Sessions.Challenge;
import dev.cofre.protocol.api.Sessions.Delivery;
import dev.cofre.protocol.api.Sessions.Login;
import dev.cofre.protocol.api.Sessions.Open;
import dev.cofre.protocol.api.Sessions.Opened;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.server.blob.DirectStore;
import dev.cofre.server.domain.Refusal;
import dev.cofre.server.domain.Subjects;
import dev.cofre.server.domain.TeamStates;
import dev.cofre.server.store.ChallengeRow;
import dev.cofre.server.store.ChallengeRows;
import dev.cofre.server.store.SessionRow;
import dev.cofre.server.store.SessionRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Logging in: a nonce is given to whoever asks; whoever signs it with the key of a live device or an open invitation gets a
/// session. Every failure is answered alike.
@Singleton
public class Logins {
  static final int MOST_SESSIONS = 32;
  private static final int LENGTH = 32;
  private static final long NONCE_LIFE = Duration.ofSeconds(60).toMillis();
  private static final long SESSION_LIFE = Duration.ofMinutes(15).toMillis();
  private static final long CLOCK_TOLERANCE = Duration.ofMinutes(5).toMillis();

  private final TeamStates states;
  private final Standings standings;
  private final ChallengeRows challenges;
  private final SessionRows sessions;
  private final Origin origin;
  private final DirectStore direct;
  private final InstantSource clock;
  private final RandomGenerator random;

  Logins(
      TeamStates states,
      Standings standings,
      ChallengeRows challenges,
      SessionRows sessions,
      Origin origin,
      DirectStore direct,
      InstantSource clock,
      RandomGenerator random) {
    this.states = states;
    this.standings = standings;
    this.challenges = challenges;
    this.sessions = sessions;
    this.origin = origin;
    this.direct = direct;
    this.clock = clock;
    this.random = random;
  }

  /// A nonce, good for 60 seconds. The answer is the same for subjects and teams that do not exist.
  public Challenge challenge(TeamId team, Ask ask) {
    Bytes nonce = randomBytes();
    long expires = clock.millis() + NONCE_LIFE;
    if (states.find(team).isPresent()) {
      challenges.insert(
          new ChallengeRow(team.value(), nonce, Subjects.key(ask.subject()), expires));
    }
    return new Challenge(nonce, expires);
  }

  /// Opens a session of 15 minutes. Of one subject the newest [#MOST_SESSIONS] live.
  public Opened open(TeamId team, Open request) {
    Signed<Login> login = read(request);
    if (!isGood(team, login)) {
      throw new Refusal(
          Problem.LOGIN_REFUSED, "signature, origin, nonce or time is wrong, or no such subject");
    }
    Bytes token = randomBytes();
    long expires = clock.millis() + SESSION_LIFE;
    Bytes subject = Subjects.key(login.value().subject());
    sessions.insert(new SessionRow(team.value(), hash(token), subject, expires));
    sessions.deleteAllBut(team.value(), subject, MOST_SESSIONS);
    return new Opened(token, expires, direct.isOffered() ? Delivery.DIRECT : Delivery.PROXY);
  }

  private boolean isGood(TeamId team, Signed<Login> signed) {
    Login login = signed.value();
    return login.origin().equals(origin.value())
        && login.team().equals(team)
        && Math.abs(login.time() - clock.millis()) <= CLOCK_TOLERANCE
        && challenges.use(
                team.value(), login.nonce(), Subjects.key(login.subject()), clock.millis())
            == 1
        && states
            .find(team)
            .flatMap(state -> standings.loginKey(state, login.subject()))
            .filter(signed::verifies)
            .isPresent();
  }

  /// Ends a session.
  public void end(Caller caller) {
    sessions.delete(caller.teamId().value(), caller.token());
  }

  /// How a token stands in rows.
  static Bytes hash(Bytes token) {
    return Hash.sha256(token.toArray()).value();
  }

  private static Signed<Login> read(Open request) {
    try {
      return Signed.read(Label.LOGIN, Login.CODEC, request.login());
    } catch (MalformedException malformed) {
      throw Refusal.of(malformed);
    }
  }

  private Bytes randomBytes() {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
