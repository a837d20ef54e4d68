package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.client.remote.Retries.AgainLater;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.OptionalLong;

/// Requests with everything around them: the session, retries, and the reading of answers.
final class Calls {
  private static final int SHORT = 64 << 10;

  private final Origin origin;
  private final Network network;
  private final Exchanges exchanges;
  private final Storage storage;
  private final Retries retries;
  private final Optional<Rate> down;
  private final Optional<Session> session;

  Calls(Origin origin, Network network, Optional<LoginSigner> signer) {
    this.origin = origin;
    this.network = network;
    Optional<Rate> up = network.up();
    this.down = network.down();
    this.exchanges = new Exchanges(origin, network.patience(), up);
    this.storage = new Storage(network.patience(), up, down);
    this.retries = new Retries(network);
    this.session = signer.map(s -> new Session(s, conversation(s)));
  }

  /// What is made of the head of a successful answer.
  @FunctionalInterface
  private interface Reading<T> {
    T read(HttpURLConnection answer) throws CofreException, AgainLater;
  }

  /// A call answered with a record. Calls of routes that take anybody name no team.
  <T> T record(Request request, Optional<TeamId> team, Codec<T> codec, int maximum)
      throws CofreException {
    return call(request, team, answer -> decode(request, answer, codec, maximum));
  }

  /// A call answered with raw bytes.
  byte[] bytes(Request request, Optional<TeamId> team, int maximum) throws CofreException {
    return call(
        request, team, answer -> exchanges.body(answer, request.route().response(), maximum));
  }

  /// A call answered with its status alone.
  void nothing(Request request, Optional<TeamId> team) throws CofreException {
    call(
        request,
        team,
        answer -> {
          Connections.end(answer);
          return request;
        });
  }

  /// A call answered with a stream.
  InputStream stream(Request request, Optional<TeamId> team, long offset, OptionalLong length)
      throws CofreException {
    Request asked = BlobStream.range(offset, length).map(request::range).orElse(request);
    return call(asked, team, answer -> streaming(asked, answer, offset, length));
  }

  /// How the server says that large contents travel.
  Sessions.Delivery delivery(TeamId team) throws CofreException {
    Session current = session();
    return retries.repeating(() -> current.delivery(team));
  }

  /// One try of a call answered with a record.
  <T> T attempt(Request request, TeamId team, Codec<T> codec) throws CofreException, AgainLater {
    return attempt(request, Optional.of(team), answer -> decode(request, answer, codec, SHORT));
  }

  /// Something that may be tried again.
  <T> T repeating(Retries.Attempt<T> attempt) throws CofreException {
    return retries.repeating(attempt);
  }

  /// The storage, which is no faster than the server.
  Storage storage() {
    return storage;
  }

  /// Fails when the server goes by another address than the one it was reached at.
  void requireItsOwnAddress() throws CofreException {
    retries.repeating(() -> {
      askItsAddress();
      return origin;
    });
  }

  void endSession(TeamId team) throws CofreException {
    Optional<String> token = session.flatMap(Session::current);
    if (token.isEmpty()) {
      return;
    }
    session.orElseThrow().forget(token.get());
    try {
      Connections.end(
          Retries.once(() -> exchanges.send(Request.of(Route.END_SESSION, team), token)));
    } catch (Refused refused) {
      if (!isNoSession(refused)) {
        throw refused;
      }
    }
  }

  private <T> T call(Request request, Optional<TeamId> team, Reading<T> reading)
      throws CofreException {
    Retries.Attempt<T> attempt = () -> attempt(request, team, reading);
    return switch (request.frequency()) {
      case REPEATABLE -> retries.repeating(attempt);
      case ONCE -> Retries.once(attempt);
    };
  }

  private <T> T attempt(Request request, Optional<TeamId> team, Reading<T> reading)
      throws CofreException, AgainLater {
    if (request.isAnonymous()) {
      return reading.read(exchanges.send(request, request.bearer()));
    }
    Session current = session();
    String token = current.token(team.orElseThrow());
    try {
      return reading.read(exchanges.send(request, Optional.of(token)));
    } catch (Refused refused) {
      if (!isNoSession(refused)) {
        throw refused;
      }
      current.forget(token);
    } catch (AgainLater later) {
      // A server that has ended the session may hang up in the middle of a part, before its answer
      // can be read.
      if (request.route() == Route.PUT_PART) {
        current.forget(token);
      }
      throw later;
    }
    return reading.read(exchanges.send(request, Optional.of(current.token(team.orElseThrow()))));
  }

  private Session session() {
    return session.orElseThrow(() -> new IllegalStateException("this call needs a login"));
  }

  private static boolean isNoSession(Refused refused) {
    return refused.code().equals(Problem.NO_SESSION.code());
  }

  private <T> T decode(Request request, HttpURLConnection answer, Codec<T> codec, int maximum)
      throws CofreException, AgainLater {
    byte[] body = exchanges.body(answer, request.route().response(), maximum);
    try {
      return codec.decode(body);
    } catch (UpdateNeededException _) {
      throw new Unsupported("the server's answer is of a newer version", "Update this program.");
    } catch (MalformedException malformed) {
      throw new Malformed("the server's answer is not of the protocol", malformed);
    }
  }

  private InputStream streaming(
      Request request, HttpURLConnection answer, long offset, OptionalLong length)
      throws CofreException, AgainLater {
    Exchanges.requireType(answer, request.route().response());
    try {
      return BlobStream.of(answer, request.range(), offset, length, down);
    } catch (IOException broken) {
      answer.disconnect();
      throw exchanges.interrupted(broken);
    }
  }

  private Session.Conversation conversation(LoginSigner signer) {
    return new Session.Conversation() {
      @Override
      public Sessions.Challenge challenge(TeamId team, Sessions.Ask ask)
          throws CofreException, AgainLater {
        Request request = Request.of(Route.CHALLENGE, team).with(Sessions.Ask.CODEC.encode(ask));
        HttpURLConnection answer = exchanges.send(request, Optional.empty());
        return decode(request, answer, Sessions.Challenge.CODEC, SHORT);
      }

      @Override
      public Sessions.Opened open(TeamId team, Bytes nonce) throws CofreException, AgainLater {
        Sessions.Login login =
            new Sessions.Login(
                origin.text(), team, signer.subject(), nonce, network.clock().millis());
        Sessions.Open open = new Sessions.Open(signer.signature().apply(login));
        Request request =
            Request.of(Route.OPEN_SESSION, team).with(Sessions.Open.CODEC.encode(open));
        try {
          HttpURLConnection answer = exchanges.send(request, Optional.empty());
          return decode(request, answer, Sessions.Opened.CODEC, SHORT);
        } catch (Refused refused) {
          if (refused.code().equals(Problem.LOGIN_REFUSED.code())) {
            askItsAddress();
          }
          throw refused;
        }
      }
    };
  }

  /// A login names the address that the member was told. A server that goes by another one refuses it like any that is wrong, so it is
  /// asked what it goes by. Its answer is compared and goes no further.
  private void askItsAddress() throws CofreException, AgainLater {
    Request about = Request.of(Route.SERVER);
    HttpURLConnection answer = exchanges.send(about, Optional.empty());
    if (!decode(about, answer, ServerInfo.CODEC, SHORT).origin().equals(origin.text())) {
      throw Refusals.anotherAddress(origin);
    }
  }
}
