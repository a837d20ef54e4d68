package dev.cofre.client.remote;

import dev.cofre.protocol.api.Route;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A request before a session's token is added: the path with its query, the range asked for, the body if there is one.
record Request(
    Route route,
    String path,
    Optional<String> range,
    Optional<ByteBuffer> body,
    Frequency frequency) {
  /// Whether the request may be sent again when it is not known what became of it.
  enum Frequency {
    /// Sent again, it changes nothing more.
    REPEATABLE,
    /// Sent at most once.
    ONCE
  }

  /// A request without a body.
  static Request of(Route route, Object... ids) {
    return new Request(
        route, route.path(ids), Optional.empty(), Optional.empty(), Frequency.REPEATABLE);
  }

  Request with(ByteBuffer content) {
    return new Request(route, path, range, Optional.of(content), frequency);
  }

  Request with(byte[] content) {
    return with(ByteBuffer.wrap(content));
  }

  Request query(String query) {
    return new Request(route, path + "?" + query, range, body, frequency);
  }

  Request range(String bytes) {
    return new Request(route, path, Optional.of(bytes), body, frequency);
  }

  Request once() {
    return new Request(route, path, range, body, Frequency.ONCE);
  }

  /// Whether the route takes anybody.
  boolean isAnonymous() {
    return switch (route) {
      case SERVER, CREATE_TEAM, CHALLENGE, OPEN_SESSION, FILL_RELAY -> true;
      case END_SESSION,
          LOG,
          APPEND_ENTRY,
          PROFILES,
          OPEN_RELAY,
          READ_RELAY,
          COMMITS,
          APPEND_COMMIT,
          BUNDLES,
          ADD_BUNDLES,
          UNUSABLE_WRAPS,
          MISSING,
          FETCHED,
          BEGIN_UPLOAD,
          UPLOAD,
          PUT_PART,
          PART_ADDRESS,
          PART_STORED,
          COMPLETE_UPLOAD,
          ABORT_UPLOAD,
          BLOB,
          BLOB_ADDRESS,
          BLOBS ->
          false;
    };
  }

  /// The content type of a body of this kind.
  static String type(Class<?> body) {
    return body == Route.Raw.class ? "application/octet-stream" : "application/cbor";
  }
}
