package dev.cofre.client.remote;

import dev.cofre.client.failure.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// What is the same in every HTTP request of this client, wherever it goes: no redirect is followed, nothing is cached, no password is
/// offered, and of what nobody reads little is waited for.
final class Connections {
  private static final Authenticator NO_PASSWORDS = new Authenticator() {};
  private static final int PIECE = 64 * 1024;
  private static final int DRAINED = 16 * 1024;

  private Connections() {}

  /// A connection that has not been made yet.
  ///
  /// @param origin of the address
  static HttpURLConnection open(URL url, Origin origin, Patience patience) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            (origin.isLoopback() ? url.openConnection(Proxy.NO_PROXY) : url.openConnection());
    connection.setInstanceFollowRedirects(false);
    connection.setAuthenticator(NO_PASSWORDS);
    connection.setUseCaches(false);
    connection.setConnectTimeout(millis(patience.connect()));
    connection.setReadTimeout(millis(patience.read()));
    connection.setRequestProperty("User-Agent", "cofre");
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("Accept-Encoding", "identity");
    return connection;
  }

  private static int millis(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
  }

  /// Sends a body. A length known beforehand keeps the JDK from buffering it and from sending a POST twice by itself.
  static void write(HttpURLConnection connection, ByteBuffer content, Optional<Rate> rate)
      throws IOException {
    ByteBuffer body = content.duplicate();
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode((long) body.remaining());
    byte[] piece = new byte[Math.min(rate.isPresent() ? Rate.PIECE : PIECE, body.remaining())];
    try (OutputStream out = connection.getOutputStream()) {
      while (body.hasRemaining()) {
        int count = Math.min(piece.length, body.remaining());
        if (rate.isPresent()) {
          rate.get().pass(count);
        }
        body.get(piece, 0, count);
        out.write(piece, 0, count);
      }
    }
  }

  /// Here the JDK reads the whole head, and some heads it answers with an exception of no type that a caller expects.
  static int status(HttpURLConnection connection) throws IOException, Malformed {
    try {
      return connection.getResponseCode();
    } catch (RuntimeException unreadable) {
      connection.disconnect();
      throw new Malformed("the server's answer is not HTTP", unreadable);
    }
  }

  /// Ends an answer that is no success: reads a short rest unseen, so that the connection can be used again.
  static void discard(HttpURLConnection connection) {
    try (InputStream rest = connection.getErrorStream()) {
      if (rest != null && rest.readNBytes(DRAINED).length == DRAINED) {
        connection.disconnect();
      }
    } catch (IOException _) {
      connection.disconnect();
    }
  }

  /// Ends an answer that says nothing beyond its status.
  static void end(HttpURLConnection connection) {
    try (InputStream in = connection.getInputStream()) {
      if (in.readNBytes(DRAINED).length == DRAINED) {
        connection.disconnect();
      }
    } catch (IOException _) {
      connection.disconnect();
    }
  }
}
