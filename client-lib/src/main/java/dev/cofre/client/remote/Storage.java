package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Retries.AgainLater;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Single requests to the storage, at addresses that the server signed. Nothing by which the server knows a member goes there, and no
/// failure tells more of an address than its origin. An answer that is no success may be another at a fresh address.
final class Storage {
  /// With both marks, for the JDK takes a head that breaks off in the middle of a line for a whole one.
  private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"");

  private final Patience patience;
  private final Optional<Rate> up;
  private final Optional<Rate> down;

  /// @param up how fast parts may go, together with those that go to the server
  /// @param down how fast contents may come
  Storage(Patience patience, Optional<Rate> up, Optional<Rate> down) {
    this.patience = patience;
    this.up = up;
    this.down = down;
  }

  /// What is done with a connection before its answer is looked at.
  @FunctionalInterface
  private interface Asking {
    void ask(HttpURLConnection connection) throws IOException;
  }

  /// Puts a part, with the headers that its address is signed with.
  Uploads.Receipt put(SignedAddress address, ByteBuffer part, Bytes sha256)
      throws CofreException, AgainLater {
    HttpURLConnection answer =
        send(
            address,
            connection -> {
              connection.setRequestMethod("PUT");
              connection.setRequestProperty("Content-Type", "application/octet-stream");
              connection.setRequestProperty(
                  "x-amz-content-sha256", HexFormat.of().formatHex(sha256.toArray()));
              Connections.write(connection, part, up);
            });
    Matcher tag = TAG.matcher(String.valueOf(answer.getHeaderField("ETag")));
    Connections.end(answer);
    try {
      if (tag.matches()) {
        return new Uploads.Receipt(tag.group(1));
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new AgainLater(
        new Malformed("the storage does not say what it calls a part"), Optional.empty());
  }

  /// Reads from `offset` on, `length` bytes or the rest, as [Server#blob] does.
  InputStream get(SignedAddress address, long offset, OptionalLong length)
      throws CofreException, AgainLater {
    Optional<String> range = BlobStream.range(offset, length);
    HttpURLConnection answer =
        send(
            address, connection -> range.ifPresent(r -> connection.setRequestProperty("Range", r)));
    try {
      return BlobStream.of(answer, range, offset, length, down);
    } catch (IOException _) {
      answer.disconnect();
      throw broken(address);
    }
  }

  private HttpURLConnection send(SignedAddress address, Asking asking)
      throws CofreException, AgainLater {
    HttpURLConnection connection = null;
    try {
      connection = Connections.open(address.url(), address.origin(), patience);
      asking.ask(connection);
      int status = Connections.status(connection);
      if (status / 100 == 2) {
        return connection;
      }
      Connections.discard(connection);
      throw refusal(address, status);
    } catch (SSLException _) {
      throw new Unreachable("there is no trusted connection to the storage at " + address.origin());
    } catch (IOException _) {
      if (connection != null) {
        connection.disconnect();
      }
      throw broken(address);
    }
  }

  private static CofreException refusal(SignedAddress address, int status) throws AgainLater {
    if (status / 100 == 3) {
      return new Unreachable(
          "the storage at "
              + address.origin()
              + " sends elsewhere (HTTP "
              + status
              + "), which is not followed");
    }
    throw new AgainLater(
        new Unreachable("the storage at " + address.origin() + " answered HTTP " + status),
        Optional.empty());
  }

  /// Without what was underneath, whose text may hold the address.
  private static AgainLater broken(SignedAddress address) {
    return new AgainLater(
        new Unreachable("the storage at " + address.origin() + " cannot be reached"),
        Optional.empty());
  }
}
