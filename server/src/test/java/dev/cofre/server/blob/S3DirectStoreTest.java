package dev.cofre.server.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a real S3 server makes of our addresses: of each only what it was signed for, and that not for long.
final class S3DirectStoreTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String TYPE = "content-type";
  private static final String HASH = "x-amz-content-sha256";

  private static TestS3 server;
  private static S3BlobStore store;

  private final byte[] part = "a part of something".getBytes(StandardCharsets.UTF_8);
  private final byte[] other = "a part of sometimes".getBytes(StandardCharsets.UTF_8);
  private ObjectKey key;
  private UploadHandle upload;

  @BeforeAll
  static void open() throws IOException {
    server = TestS3.open();
    store = new S3BlobStore(server.settings(), server.credentials(), new SecureRandom());
  }

  @AfterAll
  static void close() throws IOException {
    store.close();
    server.close();
  }

  @BeforeEach
  void begin() throws IOException {
    byte[] name = new byte[8];
    new SecureRandom().nextBytes(name);
    key = new ObjectKey("aa/" + HexFormat.of().formatHex(name));
    upload = store.begin(key);
  }

  private static S3DirectStore direct(InstantSource clock) {
    return new S3DirectStore(
        server.settings(), server.settings().endpoint(), server.credentials(), clock);
  }

  private static S3DirectStore now() {
    return direct(InstantSource.system());
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private String forPart() throws Exception {
    return forPart(now());
  }

  private String forPart(S3DirectStore signer) throws Exception {
    return signer.forPart(key, upload, 1, part.length, sha256(part)).orElseThrow().text();
  }

  private String forReading(S3DirectStore signer) {
    return signer.forReading(key).orElseThrow().text();
  }

  private Map<String, String> headers() throws Exception {
    return new TreeMap<>(
        Map.of(TYPE, "application/octet-stream", HASH, HexFormat.of().formatHex(sha256(part))));
  }

  private static HttpResponse<byte[]> send(
      String method, String address, Map<String, String> headers, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> put(String address) throws Exception {
    return send("PUT", address, headers(), part);
  }

  private void requireRefused(HttpResponse<byte[]> answer) {
    assertTrue(
        answer.statusCode() == 403 || answer.statusCode() == 400,
        () -> answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
  }

  /// That nothing refused became part of the object.
  private void requireTheRightPart() throws Exception {
    String tag = put(forPart()).headers().firstValue("ETag").orElseThrow().replace("\"", "");
    store.complete(key, upload, List.of(new PartTag(1, part.length, tag)));
    assertArrayEquals(part, store.read(key, 0, part.length).readAllBytes());
  }

  @Test
  void takesThePartItWasSignedFor() throws Exception {
    assertEquals(200, put(forPart()).statusCode());
    requireTheRightPart();
  }

  @Test
  @Tag("N13")
  void refusesAnotherLength() throws Exception {
    String address = forPart();
    requireRefused(send("PUT", address, headers(), new byte[part.length + 1]));
    requireRefused(send("PUT", address, headers(), new byte[part.length - 1]));
    HttpRequest.Builder chunked =
        HttpRequest.newBuilder(URI.create(address))
            .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(part)));
    headers().forEach(chunked::header);
    requireRefused(CLIENT.send(chunked.build(), HttpResponse.BodyHandlers.ofByteArray()));
    requireTheRightPart();
  }

  @Test
  @Tag("N13")
  void refusesOtherBytesOfTheSameLength() throws Exception {
    String address = forPart();
    requireRefused(send("PUT", address, headers(), other));
    Map<String, String> headers = headers();
    headers.put(HASH, HexFormat.of().formatHex(sha256(other)));
    requireRefused(send("PUT", address, headers, other));
    headers.put(HASH, "UNSIGNED-PAYLOAD");
    requireRefused(send("PUT", address, headers, other));
    headers.remove(HASH);
    requireRefused(send("PUT", address, headers, other));
    requireTheRightPart();
  }

  @Test
  @Tag("N13")
  void refusesAnotherType() throws Exception {
    Map<String, String> headers = headers();
    headers.put(TYPE, "text/html");
    requireRefused(send("PUT", forPart(), headers, part));
    headers.remove(TYPE);
    requireRefused(send("PUT", forPart(), headers, part));
  }

  @Test
  @Tag("N13")
  void refusesAnotherMethod() throws Exception {
    requireTheRightPart();
    for (String method : List.of("GET", "DELETE", "POST", "HEAD")) {
      requireRefused(send(method, forPart(), headers(), new byte[0]));
    }
    for (String method : List.of("PUT", "DELETE", "POST", "HEAD")) {
      requireRefused(send(method, forReading(now()), Map.of(), new byte[0]));
    }
    assertArrayEquals(part, store.read(key, 0, part.length).readAllBytes());
  }

  private void requireRefusedOnceChanged(String address, UnaryOperator<String> change)
      throws Exception {
    String changed = change.apply(address);
    assertFalse(changed.equals(address), address);
    requireRefused(
        address.contains("partNumber")
            ? put(changed)
            : send("GET", changed, Map.of(), new byte[0]));
  }

  @Test
  @Tag("N13")
  void refusesAnotherPlace() throws Exception {
    ObjectKey victim = new ObjectKey("bb" + key.value().substring(2));
    store.store(victim, 3, new ByteArrayInputStream(new byte[3]));
    UnaryOperator<String> elsewhere = a -> a.replace(key.value(), victim.value());
    requireRefusedOnceChanged(forPart(), elsewhere);
    requireRefusedOnceChanged(forPart(), a -> a.replace("partNumber=1&", "partNumber=2&"));
    requireRefusedOnceChanged(forPart(), a -> a.replaceFirst("&uploadId=[^&]*", ""));
    requireRefusedOnceChanged(
        forPart(), a -> a.replaceFirst("partNumber=1&", "").replaceFirst("&uploadId=[^&]*", ""));
    requireRefusedOnceChanged(forReading(now()), elsewhere);
    assertArrayEquals(new byte[3], store.read(victim, 0, 3).readAllBytes());
  }

  @Test
  @Tag("N13")
  void refusesALongerLife() throws Exception {
    for (String address : List.of(forPart(), forReading(now()))) {
      requireRefusedOnceChanged(address, a -> a.replace("Expires=120&", "Expires=86400&"));
    }
  }

  @Test
  @Tag("N13")
  void refusesWhatIsOver() throws Exception {
    requireTheRightPart();
    InstantSource earlier =
        () -> InstantSource.system().instant().minus(DirectStore.LIFE).minus(Duration.ofSeconds(5));
    requireRefused(put(forPart(direct(earlier))));
    requireRefused(send("GET", forReading(direct(earlier)), Map.of(), new byte[0]));
    assertTrue(DirectStore.LIFE.compareTo(Duration.ofMinutes(5)) <= 0);
  }

  @Test
  void givesRangesOfTheObject() throws Exception {
    requireTheRightPart();
    String address = forReading(now());
    assertArrayEquals(part, send("GET", address, Map.of(), new byte[0]).body());
    HttpResponse<byte[]> some = send("GET", address, Map.of("Range", "bytes=2-5"), new byte[0]);
    assertEquals(206, some.statusCode());
    assertEquals("part", new String(some.body(), StandardCharsets.UTF_8));
    assertEquals(
        part.length - 2,
        send("GET", address, Map.of("Range", "bytes=2-"), new byte[0]).body().length);
  }

  @Test
  @Tag("N13")
  void whatIsAbortedIsNoPartOfAnything() throws Exception {
    String address = forPart();
    String tag = put(address).headers().firstValue("ETag").orElseThrow().replace("\"", "");
    store.abort(key, upload);
    if (!server.isProxy()) {
      assertEquals(404, put(address).statusCode());
    }
    assertThrows(
        BlobFailure.NoSuchUpload.class,
        () -> store.complete(key, upload, List.of(new PartTag(1, part.length, tag))));
    assertTrue(store.size(key).isEmpty());
  }

  @Test
  void signsAsMembersReachIt() throws Exception {
    S3Settings usual = server.settings();
    S3Settings settings =
        new S3Settings(
            usual.endpoint(),
            "eu-west-3",
            "vaults",
            S3Settings.Addressing.VIRTUAL_HOST,
            usual.trustedCertificates(),
            usual.connecting(),
            usual.waiting(),
            usual.connections());
    for (String endpoint : List.of("https://s3.example", "https://s3.example:443/")) {
      String address =
          new S3DirectStore(
                  settings, URI.create(endpoint), server.credentials(), InstantSource.system())
              .forReading(key)
              .orElseThrow()
              .text();
      assertTrue(address.startsWith("https://vaults.s3.example/" + key.value() + "?"), address);
      assertTrue(address.contains("%2Feu-west-3%2Fs3%2Faws4_request&"), address);
    }
  }

  @Test
  @Tag("N13")
  void doesNotPrintItself() throws Exception {
    SignedAddress address = now().forReading(key).orElseThrow();
    assertFalse(address.toString().contains("http"), address::toString);
  }
}
