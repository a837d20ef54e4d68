package dev.cofre.client.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Parts and contents that a server has go and come by a storage: where a client lets itself be sent, and what it says there.
final class DirectTest {
  private static final TeamId TEAM = new TeamId(Bytes.zeros(TeamId.LENGTH));
  private static final VaultId VAULT = new VaultId(Bytes.zeros(VaultId.LENGTH));
  private static final UploadId UPLOAD = new UploadId(Bytes.zeros(UploadId.LENGTH));
  private static final BlobId BLOB = new BlobId(Bytes.zeros(BlobId.LENGTH));
  private static final String SIGNATURE = "?X-Sig=5ec2e7";
  private static final byte[] PART = new byte[200_000];

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Queue<Integer> refusals = new ArrayDeque<>();
  private final Queue<String> tags = new ArrayDeque<>();
  private HttpServer server;
  private HttpServer storage;
  private volatile Optional<String> address = Optional.empty();
  private volatile Optional<byte[]> content = Optional.empty();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    storage.createContext("/", this::store);
    storage.start();
    address = Optional.of(storageOrigin() + "/objects/1" + SIGNATURE);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    storage.stop(0);
  }

  private String storageOrigin() {
    return "http://127.0.0.1:" + storage.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path.replaceFirst(".*/", ""));
    if (path.endsWith("/stored")) {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
      return;
    }
    byte[] answer =
        path.endsWith("/challenges")
            ? Sessions.Challenge.CODEC.encode(new Sessions.Challenge(Bytes.zeros(32), 1))
            : path.endsWith("/sessions")
                ? Sessions.Opened.CODEC.encode(
                    new Sessions.Opened(Bytes.zeros(32), 1, Sessions.Delivery.DIRECT))
                : Blobs.Address.CODEC.encode(new Blobs.Address(address));
    exchange.getResponseHeaders().add("Content-Type", "application/cbor");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void store(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getRequestHeaders().forEach((name, values) -> heard.add(name + ": " + values));
    heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length);
    Integer refusal = refusals.poll();
    if (refusal != null) {
      exchange.getResponseHeaders().add("Location", storageOrigin() + "/admin" + SIGNATURE);
      exchange.sendResponseHeaders(refusal, -1);
    } else if (content.isPresent()) {
      exchange.getResponseHeaders().add("Content-Range", "bytes 3-5/100");
      exchange.sendResponseHeaders(206, content.get().length);
      exchange.getResponseBody().write(content.get());
    } else {
      exchange.getResponseHeaders().add("ETag", tags.isEmpty() ? "\"abc\"" : tags.remove());
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  private HttpRemote member() {
    return member(Limits.NONE);
  }

  private HttpRemote member(Limits limits) {
    Patience patience =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(1));
    Network network =
        new Network(
            now::get,
            RandomSource.system(),
            time -> now.updateAndGet(instant -> instant.plus(time)),
            patience,
            limits);
    LoginSigner signer =
        new LoginSigner(
            TEAM,
            new Sessions.Subject.OfDevice(new DeviceId(Bytes.zeros(DeviceId.LENGTH))),
            login ->
                new SignedBytes(Bytes.of(Sessions.Login.CODEC.encode(login)), Bytes.zeros(64)));
    return HttpRemote.loggingIn(
        new Origin("http://127.0.0.1:" + server.getAddress().getPort()), signer, network);
  }

  private static void put(HttpRemote member) throws CofreException {
    member.putPart(TEAM, VAULT, UPLOAD, 1, ByteBuffer.wrap(PART));
  }

  private static InputStream get(HttpRemote member) throws CofreException {
    return member.blob(TEAM, VAULT, BLOB, 3, OptionalLong.of(3));
  }

  private static <T extends CofreException> T requireFailure(Class<T> type, Executable call) {
    T failure = assertThrows(type, call);
    for (Throwable at = failure; at != null; at = at.getCause()) {
      assertFalse(at.toString().contains("5ec2e7"), at::toString);
    }
    return failure;
  }

  @Test
  @Tag("N13")
  void aPartGoesToTheStorageWithItsLengthAndHashAndNothingOfTheSession() throws Exception {
    put(member());
    assertEquals(List.of("POST challenges", "POST sessions", "POST address", "POST stored"), asked);
    assertTrue(heard.contains("PUT /objects/1" + SIGNATURE + " " + PART.length), heard::toString);
    assertTrue(heard.contains("Content-length: [200000]"), heard::toString);
    assertTrue(heard.contains("Content-type: [application/octet-stream]"), heard::toString);
    assertTrue(
        heard.contains("X-amz-content-sha256: [" + Hashes.sha256(PART).hex() + "]"),
        heard::toString);
    assertTrue(
        heard.stream().noneMatch(line -> line.matches("(?i)(authorization|cookie|referer).*")));
  }

  @Test
  void rangesOfAContentComeFromOneAddress() throws Exception {
    content = Optional.of(new byte[] {7, 8, 9});
    HttpRemote member = member();
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(content.get(), get(member).readAllBytes());
    }
    assertEquals(List.of("POST challenges", "POST sessions", "GET address"), asked);
    assertTrue(heard.contains("Range: [bytes=3-5]"), heard::toString);
    now.updateAndGet(instant -> instant.plusSeconds(Blobs.ADDRESS_SECONDS));
    get(member).close();
    assertEquals("GET address", asked.getLast());
    assertEquals(4, asked.size());
  }

  @Test
  @Tag("N13")
  @Tag("N15")
  void goesToNoAddressThatIsNotOneOfAStorage() {
    for (String wrong :
        List.of(
            "",
            "/objects/1",
            "//127.0.0.1/x",
            "file:///etc/passwd",
            "ftp://127.0.0.1/x",
            "jar:" + storageOrigin() + "/x!/",
            "http://storage.example/x",
            "http://169.254.169.254/latest/meta-data",
            "http://127.0.0.1.example/x",
            "https://user@127.0.0.1/x",
            storageOrigin().replace("//", "//user:password@") + "/x",
            storageOrigin().replace("//", "//storage.example\\@") + "/x",
            storageOrigin(),
            storageOrigin() + "#/x",
            storageOrigin() + "/x#y",
            storageOrigin() + "/x y",
            storageOrigin() + "/x\r\nAuthorization: y",
            storageOrigin() + "/x\u0000",
            storageOrigin() + "/%zz",
            storageOrigin() + "0000/x",
            storageOrigin() + "/" + "x".repeat(4050))) {
      address = Optional.of(wrong);
      requireFailure(Malformed.class, () -> put(member()));
      requireFailure(Malformed.class, () -> get(member()));
    }
    assertEquals(List.of(), heard);
  }

  @Test
  @Tag("N13")
  @Tag("N15")
  void isSentToThisMachineByNoServerElsewhere() throws Exception {
    Origin elsewhere = new Origin("https://cofre.example");
    for (String here :
        List.of(
            "http://127.0.0.1:9/x",
            "http://localhost/x",
            "http://[::1]/x",
            "https://127.0.0.1/x",
            "https://LOCALHOST/x")) {
      requireFailure(Malformed.class, () -> SignedAddress.read(here, elsewhere));
    }
    SignedAddress address = SignedAddress.read("https://s3.example/b/k" + SIGNATURE, elsewhere);
    assertEquals("SignedAddress[at https://s3.example]", address.toString());
  }

  @Test
  @Tag("N13")
  @Tag("N15")
  void staysWithTheStorageThatWasNamedFirst() throws Exception {
    HttpRemote member = member();
    put(member);
    address = address.map(a -> a.replace("127.0.0.1", "localhost"));
    heard.clear();
    requireFailure(Malformed.class, () -> put(member));
    assertEquals(List.of(), heard);
  }

  @Test
  @Tag("N13")
  @Tag("N15")
  void isNotSentOnByTheStorage() {
    for (int status : new int[] {300, 301, 302, 303, 307, 308}) {
      for (Executable call : List.<Executable>of(() -> put(member()), () -> get(member()))) {
        heard.clear();
        refusals.add(status);
        Unreachable failure = requireFailure(Unreachable.class, call);
        assertTrue(String.valueOf(failure.getMessage()).contains("is not followed"));
        assertTrue(heard.stream().noneMatch(line -> line.contains("admin")), heard::toString);
      }
    }
  }

  @Test
  void asksAgainWhereAnAddressIsOver() throws Exception {
    refusals.addAll(List.of(403, 503));
    put(member());
    assertEquals(3, asked.stream().filter("POST address"::equals).count());
    asked.clear();
    content = Optional.of(new byte[] {7, 8, 9});
    refusals.addAll(List.of(403, 404));
    assertArrayEquals(content.get(), get(member()).readAllBytes());
    assertEquals(3, asked.stream().filter("GET address"::equals).count());
  }

  @Test
  void takesNoPartOfANameForTheNameOfAPart() throws Exception {
    tags.addAll(List.of("\"ab", "abc"));
    put(member());
    assertEquals(3, heard.stream().filter(line -> line.startsWith("PUT")).count());
    tags.addAll(List.of("", "\"\"", "\"<a>\""));
    requireFailure(Malformed.class, () -> put(member()));
  }

  @Test
  @Tag("N13")
  void givesUpOnAStorageThatRefuses() {
    for (Executable call : List.<Executable>of(() -> put(member()), () -> get(member()))) {
      refusals.addAll(List.of(403, 403, 403));
      Unreachable failure = requireFailure(Unreachable.class, call);
      assertTrue(String.valueOf(failure.getMessage()).contains(storageOrigin()));
      assertTrue(refusals.isEmpty());
    }
    assertFalse(asked.contains("POST stored"));
  }

  @Test
  @Tag("N13")
  void readsNoMoreThanItAskedFor() {
    content = Optional.of(new byte[4]);
    requireFailure(Malformed.class, () -> get(member()));
  }

  @Test
  void isNoFasterThanItMayBe() throws Exception {
    HttpRemote slow = member(new Limits(OptionalLong.of(100_000), OptionalLong.of(Limits.LEAST)));
    put(slow);
    long taken = now.get().toEpochMilli();
    assertTrue(taken >= 1_990 && taken <= 2_100, () -> taken + " ms");
    content = Optional.of(new byte[0]);
    assertInstanceOf(BlobStream.class, get(slow));
  }

  @Test
  void goesThroughTheServerWhereItSaysNoAddress() {
    address = Optional.empty();
    assertThrows(CofreException.class, () -> get(member()));
    assertEquals(BLOB.hex(), asked.getLast().replace("GET ", ""));
    assertEquals(List.of(), heard);
  }

  @Test
  void tellsTheServerWhatTheStorageCallsAPart() {
    assertThrows(IllegalArgumentException.class, () -> new Uploads.Receipt("<a>"));
    assertThrows(IllegalArgumentException.class, () -> new Uploads.Receipt(""));
    assertEquals("abc-2", new Uploads.Receipt("abc-2").tag());
  }
}
