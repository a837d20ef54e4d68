package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Route;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Streams out of the blob store are closed, however the reader behaves.
final class BlobStreamTest {
  private static final int SIZE = 8_000_000;

  private TeamOnServer team;
  private VaultId vault;
  private BlobId blob;

  @BeforeEach
  void store() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    blob = team.upload(team.owner, vault, new byte[SIZE]);
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
        .as(TeamOnServer.HEAD);
  }

  private static void assertAllClosed() throws InterruptedException {
    for (int i = 0; i < 100 && TestServer.blobs().openStreams() > 0; i++) {
      Thread.sleep(100);
    }
    assertEquals(0, TestServer.blobs().openStreams());
  }

  private String path() {
    return Route.BLOB.path(team.id(), vault, blob);
  }

  private Socket ask(int times) throws IOException {
    URI server = TestServer.uri();
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setReceiveBufferSize(4096);
    socket.setSoLinger(true, 0);
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(team.owner.token.orElseThrow().toArray());
    String request =
        "GET " + path() + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    socket.getOutputStream().write(request.repeat(times).getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void wholeReadsCloseWhatTheyOpen() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertEquals(
          SIZE, Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob).body().length());
    }
    assertAllClosed();
  }

  @Test
  void askingForTheHeadOpensNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      Wire.send(
          Wire.request(path(), team.owner.token)
              .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }
    assertAllClosed();
  }

  @Test
  void aReaderThatGoesAwayInTheMiddleLeavesNothingOpen() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = ask(1)) {
        assertTrue(socket.getInputStream().readNBytes(1000).length > 0);
      }
    }
    assertAllClosed();
  }

  @Test
  void aReaderThatGoesAwayBeforeTheFirstByteLeavesNothingOpen() throws Exception {
    for (int i = 0; i < 60; i++) {
      try (Socket socket = ask(1)) {
        Thread.sleep(i % 20);
        assertTrue(socket.isConnected());
      }
    }
    assertAllClosed();
  }

  @Test
  void aReaderThatAsksForManyAndTakesNoneLeavesNothingOpen() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (Socket socket = ask(10)) {
        Thread.sleep(300);
        assertTrue(socket.isConnected());
      }
    }
    assertAllClosed();
  }
}
