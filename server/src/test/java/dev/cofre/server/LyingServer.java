package dev.cofre.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/// A server that passes everything on to an honest one, but shows an entry of its own behind every team log when told.
public final class LyingServer implements AutoCloseable {
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "host", "transfer-encoding", "date");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer near;
  private volatile URI far = URI.create("http://127.0.0.1:1");
  private volatile Optional<SignedBytes> shown = Optional.empty();
  private volatile Optional<SignedBytes> last = Optional.empty();
  private volatile Head head = new Head(0, Hash.ZERO);

  private LyingServer(HttpServer near) {
    this.near = near;
  }

  public static LyingServer open() throws IOException {
    HttpServer near =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LyingServer server = new LyingServer(near);
    near.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    near.createContext("/", server::answer);
    near.start();
    return server;
  }

  public void leadTo(URI server) {
    far = server;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + near.getAddress().getPort());
  }

  /// The newest entry of the log, once somebody has been sent it.
  public SignedBytes last() {
    return last.orElseThrow();
  }

  /// The log's head, as the honest server has it.
  public Head head() {
    return head;
  }

  /// From now on this entry is the last of every log.
  public void show(SignedBytes entry) {
    shown = Optional.of(entry);
  }

  public void tellTheTruth() {
    shown = Optional.empty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request = HttpRequest.newBuilder(far.resolve(exchange.getRequestURI()));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (isPassedOn(name)) {
              values.forEach(value -> request.header(name, value));
            }
          });
      byte[] body = exchange.getRequestBody().readAllBytes();
      request.method(
          exchange.getRequestMethod(),
          body.length == 0
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(body));
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] given = response.body();
      String path = exchange.getRequestURI().getPath();
      boolean asksForLog = exchange.getRequestMethod().equals("GET") && path.endsWith("/log");
      if (asksForLog && response.statusCode() == 200) {
        given = changed(given);
      }
      response
          .headers()
          .map()
          .forEach((name, values) -> {
            if (isPassedOn(name)) {
              values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
          });
      exchange.sendResponseHeaders(response.statusCode(), given.length == 0 ? -1 : given.length);
      exchange.getResponseBody().write(given);
    } catch (InterruptedException | MalformedException e) {
      throw new IOException(e);
    }
  }

  private static boolean isPassedOn(String name) {
    return !NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT));
  }

  private byte[] changed(byte[] page) throws MalformedException {
    Teams.LogPage honest = Teams.LogPage.CODEC.decode(page);
    head = honest.head();
    if (!honest.entries().isEmpty()) {
      last = Optional.of(honest.entries().getLast());
    }
    if (shown.isEmpty()) {
      return page;
    }
    List<SignedBytes> entries = new ArrayList<>(honest.entries());
    entries.add(shown.get());
    Head head = new Head(honest.head().seq() + 1, shown.get().hash(Label.ENTRY));
    return Teams.LogPage.CODEC.encode(new Teams.LogPage(entries, head));
  }

  @Override
  public void close() {
    near.stop(0);
  }
}
