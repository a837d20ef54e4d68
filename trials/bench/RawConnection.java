package bench;

import dev.cofre.client.keys.Identity;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.cbor.MalformedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/// A connection to the server with a session, over which requests go that were made before. Costs next to nothing beside the server's own
/// work.
final class RawConnection implements AutoCloseable {
  private static final int LONGEST_HEAD = 16 << 10;

  private final Socket socket;
  private final InputStream in;
  private final String host;
  private String authorization = "";

  private RawConnection(String url) throws IOException {
    URI uri = URI.create(url);
    host = uri.getAuthority();
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// Logs a device in.
  static RawConnection open(String url, TeamId team, Identity identity)
      throws IOException, MalformedException {
    RawConnection connection = new RawConnection(url);
    Sessions.Subject subject = new Sessions.Subject.OfDevice(identity.device());
    byte[] asked =
        connection.post(
            Route.CHALLENGE.path(team), Sessions.Ask.CODEC.encode(new Sessions.Ask(subject)));
    Sessions.Login login =
        new Sessions.Login(
            url,
            team,
            subject,
            Sessions.Challenge.CODEC.decode(asked).nonce(),
            System.currentTimeMillis());
    Sessions.Open open =
        new Sessions.Open(identity.sign(Label.LOGIN, Sessions.Login.CODEC.encode(login)));
    byte[] opened =
        connection.post(Route.OPEN_SESSION.path(team), Sessions.Open.CODEC.encode(open));
    byte[] token = Sessions.Opened.CODEC.decode(opened).token().toArray();
    connection.authorization =
        "Authorization: Bearer "
            + Base64.getUrlEncoder().withoutPadding().encodeToString(token)
            + "\r\n";
    return connection;
  }

  /// Sends a request and reads its answer.
  ///
  /// @throws IOException when the status is not of success
  byte[] post(String path, byte[] body) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + authorization
            + "Content-Type: application/cbor\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, request, first.length, body.length);
    socket.getOutputStream().write(request);
    String answer = head();
    byte[] content = in.readNBytes(length(answer));
    if (!answer.startsWith("HTTP/1.1 2")) {
      throw new IOException(path + ": " + answer);
    }
    return content;
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < LONGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer");
      }
      head.append((char) next);
      if (next == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
        return head.toString();
      }
    }
    throw new IOException("a head without end");
  }

  private static int length(String head) throws IOException {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    throw new IOException("an answer without length: " + head);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
