package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;

/// Real HTTP to the test server.
public final class Wire {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Wire() {}

  /// What came back.
  public record Answer(int status, String problem, Bytes body, HttpHeaders headers) {
    public <T> T as(Codec<T> codec) {
      assertEquals(200, status, problem + " " + new String(body.toArray()));
      try {
        return codec.decode(body.toArray());
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }

    public void is(Problem expected) {
      assertEquals(expected.code(), problem, () -> status + " " + new String(body.toArray()));
      assertEquals(expected.status(), status);
      assertEquals("application/problem+json", headers.firstValue("content-type").orElse(""));
    }

    public Answer isDone() {
      assertEquals("", problem, () -> new String(body.toArray()));
      assertEquals(2, status / 100);
      return this;
    }
  }

  public static Answer call(Route route, Optional<Bytes> token, Object... ids) {
    return call(route, token, "", new byte[0], ids);
  }

  public static Answer call(
      Route route, Optional<Bytes> token, String query, byte[] body, Object... ids) {
    HttpRequest.Builder request = request(route.path(ids) + query, token);
    String type =
        route.request() == Route.Raw.class ? "application/octet-stream" : "application/cbor";
    HttpRequest.BodyPublisher publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    if (route.request() != Route.Nothing.class) {
      request.header("Content-Type", type);
    }
    return send(request.method(route.method().name(), publisher));
  }

  public static HttpRequest.Builder request(String path, Optional<Bytes> token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(TestServer.uri() + path));
    token.ifPresent(t ->
        request.header(
            "Authorization",
            "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(t.toArray())));
    return request;
  }

  public static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue(Problem.HEADER).orElse(""),
          Bytes.of(response.body()),
          response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
