package dev.cofre.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private ServerSocket target;
  private ServerSocket front;
  private volatile int status;
  private volatile String redirected = "";

  @BeforeEach
  void listen() throws IOException {
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    serve(
        target,
        path -> {
          elsewhere.add(path);
          return answer(200, new byte[0]);
        });
    serve(front, this::front);
  }

  @AfterEach
  void stop() throws IOException {
    front.close();
    target.close();
  }

  /// One request a connection, answered by its path.
  private static void serve(ServerSocket door, Function<String, byte[]> answers) {
    Thread.startVirtualThread(() -> {
      while (!door.isClosed()) {
        try (Socket socket = door.accept()) {
          DataInputStream in = new DataInputStream(socket.getInputStream());
          StringBuilder head = new StringBuilder();
          while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
          }
          Matcher length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head.toString());
          in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
          socket.getOutputStream().write(answers.apply(head.toString().split(" ")[1]));
        } catch (IOException _) {
          // the next
        }
      }
    });
  }

  private byte[] front(String path) {
    String other = "http://127.0.0.1:" + target.getLocalPort() + "/admin?x=1";
    if (path.contains(redirected)) {
      return answer(status, new byte[0], "Location: " + other, "Refresh: 0; url=" + other);
    }
    return path.endsWith("/challenges")
        ? answer(200, Sessions.Challenge.CODEC.encode(new Sessions.Challenge(SECRET, 1)))
        : answer(
            200,
            Sessions.Opened.CODEC.encode(new Sessions.Opened(SECRET, 1, Sessions.Delivery.PROXY)));
  }

  private static byte[] answer(int status, byte[] body, String... headers) {
    String head =
        "HTTP/1.1 "
            + status
            + " X\r\nContent-Type: application/cbor\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n"
            + String.join("", Stream.of(headers).map(h -> h + "\r\n").toList())
            + "\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private Origin origin() {
    return new Origin("http://127.0.0.1:" + front.getLocalPort());
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
