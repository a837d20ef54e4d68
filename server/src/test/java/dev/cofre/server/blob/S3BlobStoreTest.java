package dev.cofre.server.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The contract over S3.
final class S3BlobStoreTest extends BlobStoreContract {
  private static TestS3 server;
  private static S3BlobStore store;

  @BeforeAll
  static void open() throws IOException {
    server = TestS3.open();
    store = new S3BlobStore(server.settings(), server.credentials(), new SecureRandom(), 2);
  }

  @AfterAll
  static void close() throws IOException {
    store.close();
    server.close();
  }

  @Override
  BlobStore store() {
    return store;
  }

  @Override
  int partLength() {
    return 5 * 1024 * 1024;
  }

  /// S3Proxy over a directory takes parts for any upload; Ceph does not.
  @Override
  boolean knowsItsUploads() {
    return !server.isProxy();
  }

  @Override
  int rounds() {
    return 10;
  }

  private static S3BlobStore at(URI endpoint) throws IOException {
    return new S3BlobStore(
        S3Settings.of(endpoint, "us-east-1", "bucket"),
        new S3Credentials("visible-access", "very-secret-key".toCharArray()),
        new SecureRandom());
  }

  private static List<Executable> everyCall(S3BlobStore store) {
    ObjectKey key = new ObjectKey("aabb");
    UploadHandle upload = new UploadHandle("0".repeat(32) + "id");
    return List.of(
        () -> store.store(key, 1, new ByteArrayInputStream(new byte[1])),
        () -> store.begin(key),
        () -> store.put(key, upload, 1, 1, new ByteArrayInputStream(new byte[1])),
        () -> store.complete(key, upload, List.of(new PartTag(1, 1, "tag"))),
        () -> store.abort(key, upload),
        () -> store.read(key, 0, 1),
        () -> store.size(key),
        () -> store.delete(key),
        () -> store.forEach("", _ -> {}),
        () -> store.abandonUploads(java.time.Instant.now(), Set.of()),
        store::probe);
  }

  private static void assertUnavailable(int status, Executable call) {
    BlobFailure.Unavailable failure = assertThrows(BlobFailure.Unavailable.class, call);
    assertEquals(status, failure.status());
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String text = t.toString();
      assertFalse(text.contains("very-secret-key") || text.contains("Signature"), text);
    }
  }

  @Test
  @Tag("N14")
  void followsNoRedirect() throws IOException {
    for (int status : new int[] {301, 302, 307, 308}) {
      AtomicInteger elsewhere = new AtomicInteger();
      HttpServer target =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HttpServer front =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      target.createContext(
          "/",
          exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      front.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange
                .getResponseHeaders()
                .add(
                    "Location",
                    "http://127.0.0.1:" + target.getAddress().getPort() + "/latest/meta-data");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      target.start();
      front.start();
      try (S3BlobStore redirected =
          at(URI.create("http://127.0.0.1:" + front.getAddress().getPort()))) {
        for (Executable call : everyCall(redirected)) {
          assertInstanceOf(BlobFailure.Unavailable.class, assertThrows(IOException.class, call));
        }
        assertEquals(0, elsewhere.get());
      } finally {
        front.stop(0);
        target.stop(0);
      }
    }
  }

  @Test
  void namesTheStatusOfAnOutageButNoSecret() throws IOException {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] document =
              "<Error><Code>SlowDown</Code><Message>later</Message></Error>".getBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/xml");
          exchange.sendResponseHeaders(
              503, exchange.getRequestMethod().equals("HEAD") ? -1 : document.length);
          if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(document);
          }
          exchange.close();
        });
    broken.start();
    try (S3BlobStore store = at(URI.create("http://127.0.0.1:" + broken.getAddress().getPort()))) {
      for (Executable call : everyCall(store)) {
        assertUnavailable(503, call);
      }
    } finally {
      broken.stop(0);
    }
  }

  @Test
  void aStoreThatDoesNotListenIsUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (S3BlobStore store = at(URI.create("http://127.0.0.1:" + port))) {
      for (Executable call : everyCall(store)) {
        assertUnavailable(0, call);
      }
    }
  }

  @Test
  void aStreamClosedEarlyGivesItsConnectionBack() throws IOException {
    ObjectKey key = new ObjectKey("00ff/" + randomHex(16));
    store.store(key, 2_000_000, new ByteArrayInputStream(content(2_000_000)));
    for (int i = 0; i < 5; i++) {
      store.read(key, 0, 2_000_000).close();
    }
    assertEquals(0, store.connectionsInUse());
    store.delete(key);
  }

  @Test
  void settingsTakeABareEndpointOnly() {
    for (String endpoint :
        List.of(
            "ftp://host",
            "https://user:pass@host",
            "https://host/path",
            "https://host?x",
            "host:9000",
            "https:host")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> S3Settings.of(URI.create(endpoint), "us-east-1", "b"),
          endpoint);
    }
    assertTrue(S3Settings.of(URI.create("https://host:9000/"), "us-east-1", "b").connections() > 0);
  }

  @Test
  void credentialsDoNotPrintThemselves() {
    try (S3Credentials credentials = new S3Credentials("access", "very-secret-key".toCharArray())) {
      assertFalse(credentials.toString().contains("very"));
    }
  }
}
