package dev.cofre.cli.command;

import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.cbor.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// What a server answers to whoever asks: its release, and the time on its clock if it says.
record ServerGreeting(String version, Optional<Instant> date) {
  private static final int PATIENCE = 5_000;
  private static final int LONGEST = 4096;

  /// Asks, without a session.
  ///
  /// @throws IOException when there is no answer, or not that of a Cofre server
  static ServerGreeting ask(URI server) throws IOException {
    String base = server.toString().replaceAll("/+$", "");
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(base + Route.SERVER.template()).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE);
    connection.setReadTimeout(PATIENCE);
    connection.setInstanceFollowRedirects(false);
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("not a Cofre server");
      }
      try (InputStream body = connection.getInputStream()) {
        ServerInfo info = ServerInfo.CODEC.decode(body.readNBytes(LONGEST));
        Optional<Instant> date =
            Optional.of(connection.getDate()).filter(d -> d > 0).map(Instant::ofEpochMilli);
        return new ServerGreeting(info.version(), date);
      }
    } catch (MalformedException e) {
      throw new IOException("not a Cofre server", e);
    } finally {
      connection.disconnect();
    }
  }
}
