package dev.cofre.client.remote;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Route;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// A request before a session's token is added: the path with its query, the range asked for, the body if there is one, and the token that
/// takes a session's place for whoever has a send's link.
record Request(
    Route route,
    String path,
    Optional<String> range,
    Optional<ByteBuffer> body,
    Frequency frequency,
    Optional<String> bearer) {
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
        route,
        route.path(ids),
        Optional.empty(),
        Optional.empty(),
        Frequency.REPEATABLE,
        Optional.empty());
  }

  Request with(ByteBuffer content) {
    return new Request(route, path, range, Optional.of(content), frequency, bearer);
  }

  Request with(byte[] content) {
    return with(ByteBuffer.wrap(content));
  }

  Request query(String query) {
    return new Request(route, path + "?" + query, range, body, frequency, bearer);
  }

  Request range(String bytes) {
    return new Request(route, path, Optional.of(bytes), body, frequency, bearer);
  }

  Request once() {
    return new Request(route, path, range, body, Frequency.ONCE, bearer);
  }

  Request bearing(Bytes token) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token.toArray());
    return new Request(route, path, range, body, frequency, Optional.of(text));
  }

  /// Whether the route takes anybody.
  boolean isAnonymous() {
    return switch (route) {
      case SERVER, CREATE_TEAM, CHALLENGE, OPEN_SESSION, FILL_RELAY, SEND, OPEN_SEND, SEND_BLOB ->
          true;
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
          BLOBS,
          OPENINGS ->
          false;
    };
  }

  /// The content type of a body of this kind.
  static String type(Class<?> body) {
    return body == Route.Raw.class ? "application/octet-stream" : "application/cbor";
  }

  @Override
  public String toString() {
    return route.name();
  }
}
