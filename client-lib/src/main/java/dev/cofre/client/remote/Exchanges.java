package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Retries.AgainLater;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Single HTTP requests to one origin, without retries and sessions. No redirect is followed, nothing is cached, no password
/// is offered, and of an answer that is no success only the status and two headers are read.
final class Exchanges {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final Origin origin;
  private final Patience patience;
  private final Optional<Rate> up;

  /// @param up how fast parts of contents may go
  Exchanges(Origin origin, Patience patience, Optional<Rate> up) {
    this.origin = origin;
    this.patience = patience;
    this.up = up;
  }

  /// Sends a request and returns the successful answer, of which only the head has been read.
  HttpURLConnection send(Request request, Optional<String> token)
      throws CofreException, AgainLater {
    HttpURLConnection connection = null;
    try {
      connection = open(request, token);
      write(connection, request);
      int status = Connections.status(connection);
      if (status / 100 != 2) {
        throw refusal(connection, status);
      }
      return connection;
    } catch (SSLException untrusted) {
      throw new Unreachable("there is no trusted connection to " + origin, untrusted);
    } catch (IOException broken) {
      if (connection != null) {
        connection.disconnect();
      }
      throw interrupted(broken);
    }
  }

  AgainLater interrupted(IOException broken) {
    return new AgainLater(new Unreachable(origin + " cannot be reached", broken), Optional.empty());
  }

  private HttpURLConnection open(Request request, Optional<String> token) throws IOException {
    URL url = URI.create(origin.text() + request.path()).toURL();
    HttpURLConnection connection = Connections.open(url, origin, patience);
    connection.setRequestMethod(request.route().method().name());
    connection.setRequestProperty("Accept", accepted(request.route()));
    token.ifPresent(t -> connection.setRequestProperty("Authorization", "Bearer " + t));
    request.range().ifPresent(r -> connection.setRequestProperty("Range", r));
    return connection;
  }

  private static String accepted(Route route) {
    return route.response() == Route.Nothing.class ? "*/*" : Request.type(route.response());
  }

  private void write(HttpURLConnection connection, Request request) throws IOException {
    switch (request.route().method()) {
      case GET, DELETE -> {
        return;
      }
      case POST, PUT -> {}
    }
    if (request.body().isPresent()) {
      connection.setRequestProperty("Content-Type", Request.type(request.route().request()));
    }
    Connections.write(
        connection,
        request.body().orElse(ByteBuffer.allocate(0)),
        request.route() == Route.PUT_PART ? up : Optional.empty());
  }

  private CofreException refusal(HttpURLConnection connection, int status) throws AgainLater {
    Optional<String> code = Optional.ofNullable(connection.getHeaderField(Problem.HEADER));
    Optional<Duration> after = retryAfter(connection.getHeaderField("Retry-After"));
    Connections.discard(connection);
    CofreException failure = Refusals.of(origin, status, code);
    if (PASSING.contains(status)) {
      throw new AgainLater(failure, after);
    }
    return failure;
  }

  private static Optional<Duration> retryAfter(@Nullable String seconds) {
    return seconds != null && seconds.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Integer.parseInt(seconds)))
        : Optional.empty();
  }

  /// The whole body of an answer, at most `maximum` bytes.
  byte[] body(HttpURLConnection connection, Class<?> kind, int maximum)
      throws CofreException, AgainLater {
    requireType(connection, kind);
    long length = connection.getContentLengthLong();
    if (length > maximum) {
      connection.disconnect();
      throw tooLong();
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] body = in.readNBytes(length < 0 ? maximum + 1 : (int) length);
      if (body.length > maximum) {
        connection.disconnect();
        throw tooLong();
      }
      if (body.length < length) {
        throw new IOException("the body ends early");
      }
      return body;
    } catch (IOException broken) {
      connection.disconnect();
      throw interrupted(broken);
    }
  }

  /// Refuses an answer of another content type, or an encoded one.
  static void requireType(HttpURLConnection connection, Class<?> kind) throws Malformed {
    String type = connection.getContentType();
    String encoding = connection.getContentEncoding();
    boolean right =
        type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(Request.type(kind));
    if (!right || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
      connection.disconnect();
      throw new Malformed("the server's answer is of another kind than asked for");
    }
  }

  private static Malformed tooLong() {
    return new Malformed("the server's answer is longer than such an answer may be");
  }
}
