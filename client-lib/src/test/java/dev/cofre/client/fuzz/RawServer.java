package dev.cofre.client.fuzz;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Sessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A server on loopback that answers a login as it should, and everything else with given bytes; then it hangs up.
final class RawServer {
  private static final byte[] CHALLENGE =
      ok(Sessions.Challenge.CODEC.encode(new Sessions.Challenge(Fixed.bytes(32, 1), 1)));
  private static final byte[] OPENED =
      ok(
          Sessions.Opened.CODEC.encode(
              new Sessions.Opened(Fixed.bytes(32, 2), 1, Sessions.Delivery.PROXY)));

  private final ServerSocket socket;
  private volatile Bytes answer = Bytes.EMPTY;

  private RawServer(ServerSocket socket) {
    this.socket = socket;
  }

  static RawServer start() {
    try {
      RawServer server = new RawServer(new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1")));
      Thread.ofPlatform().daemon().start(server::serve);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /// What everything but a login is answered with from now on.
  void answer(byte[] bytes) {
    answer = Bytes.of(bytes);
  }

  static byte[] ok(byte[] body) {
    return with(
        "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n",
        body);
  }

  static byte[] with(String head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private void serve() {
    while (true) {
      try (Socket connection = socket.accept()) {
        connection.setTcpNoDelay(true);
        String head = head(connection.getInputStream());
        connection.getOutputStream().write(answerTo(head));
        connection.shutdownOutput();
      } catch (IOException _) {
        // The client hung up first.
      }
    }
  }

  private byte[] answerTo(String head) {
    String line = head.lines().findFirst().orElse("");
    if (line.startsWith("POST") && line.contains("/challenges")) {
      return CHALLENGE;
    }
    return line.startsWith("POST") && line.contains("/sessions") ? OPENED : answer.toArray();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    int at = head.indexOf("Content-Length: ");
    if (at >= 0) {
      in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at))));
    }
    return head.toString();
  }
}
