package dev.cofre.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// A server that sends the client to another service of this machine, at every step of a conversation.
@Tag("N15")
final class RedirectTest {
  private static final TeamId TEAM = new TeamId(Bytes.zeros(TeamId.LENGTH));
  private static final Bytes SECRET = Bytes.of(new byte[32]);
  private static final List<Integer> STATUSES = List.of(300, 301, 302, 303, 305, 307, 308);

  private final List<String> elsewhere = new CopyOnWriteArrayList<>();
  private HttpServer target;
  private HttpServer front;
  private volatile int status;
  private volatile String redirected = "";

  @BeforeEach
  void listen() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          elsewhere.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          answer(exchange, 200, new byte[0]);
        });
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.createContext("/", this::front);
    target.start();
    front.start();
  }

  @AfterEach
  void stop() {
    front.stop(0);
    target.stop(0);
  }

  private void front(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (path.contains(redirected)) {
      exchange
          .getResponseHeaders()
          .add("Location", "http://127.0.0.1:" + target.getAddress().getPort() + "/admin?x=1");
      exchange
          .getResponseHeaders()
          .add("Refresh", "0; url=http://127.0.0.1:" + target.getAddress().getPort() + "/");
      answer(exchange, status, new byte[0]);
    } else if (path.endsWith("/challenges")) {
      answer(exchange, 200, Sessions.Challenge.CODEC.encode(new Sessions.Challenge(SECRET, 1)));
    } else {
      answer(exchange, 200, Sessions.Opened.CODEC.encode(new Sessions.Opened(SECRET, 1)));
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/cbor");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private Origin origin() {
    return new Origin("http://127.0.0.1:" + front.getAddress().getPort());
  }

  private static Network network() {
    Patience patience =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(1));
    return new Network(InstantSource.system(), RandomSource.system(), _ -> {}, patience);
  }

  private HttpRemote member() {
    LoginSigner signer =
        new LoginSigner(
            TEAM,
            new Sessions.Subject.OfDevice(new DeviceId(Bytes.zeros(DeviceId.LENGTH))),
            login ->
                new SignedBytes(Bytes.of(Sessions.Login.CODEC.encode(login)), Bytes.zeros(64)));
    return HttpRemote.loggingIn(origin(), signer, network());
  }

  private void requireRefused(String where, Executable call) {
    redirected = where;
    for (int each : STATUSES) {
      status = each;
      CofreException failure = assertThrows(CofreException.class, call);
      assertTrue(failure instanceof Unreachable, () -> each + " " + failure);
      assertFalse(String.valueOf(failure.getMessage()).contains("admin"));
    }
    assertEquals(List.of(), elsewhere);
  }

  @Test
  void isFollowedByNoStranger() {
    HttpRemote anybody = HttpRemote.anonymous(origin(), network());
    requireRefused("/server", anybody::info);
    RelayId relay = new RelayId(Bytes.zeros(RelayId.LENGTH));
    requireRefused("/relays", () -> anybody.fillRelay(TEAM, relay, Bytes.of((byte) 1)));
  }

  @Test
  void isNotFollowedWhileLoggingIn() {
    requireRefused("/challenges", () -> member().log(TEAM, OptionalLong.empty()));
    requireRefused("/sessions", () -> member().log(TEAM, OptionalLong.empty()));
  }

  @Test
  void isNotFollowedWithASession() {
    HttpRemote member = member();
    requireRefused("/log", () -> member.log(TEAM, OptionalLong.of(1)));
    requireRefused("/profiles", () -> member.profiles(TEAM));
  }
}
