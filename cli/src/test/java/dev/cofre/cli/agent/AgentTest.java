package dev.cofre.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.SecretBytes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
  private static final byte[] BYTES = "a key of thirty-two bytes, yes ok".getBytes(UTF_8);

  @TempDir private Path directory;
  private Path home = Path.of(".");

  @BeforeEach
  void makeAHome() throws IOException {
    home = directory.resolve("home");
    Files.createDirectory(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @AfterEach
  void endTheAgent() {
    unlocked().forget();
  }

  @Test
  void keepsAKeyBetweenCommandsUntilItIsForgotten() throws Exception {
    keep(Duration.ofMinutes(1));
    assertTrue(unlocked().isKept());
    assertArrayEquals(BYTES, key().orElseThrow());
    assertArrayEquals(BYTES, key().orElseThrow());
    assertTrue(unlocked().forget());
    awaitTheEnd();
    assertFalse(unlocked().forget());
    assertEquals(Optional.empty(), key());
  }

  @Test
  @Tag("M04")
  void forgetsAfterAWhileWithoutUse() throws Exception {
    keep(Duration.ofSeconds(1));
    awaitTheEnd();
    assertFalse(Files.exists(home.resolve("agent.sock")));
  }

  @Test
  void callersWhoSayNothingOrGoAwayStandInNobodysWay() throws Exception {
    keep(Duration.ofMinutes(1));
    try (SocketChannel silent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.connect(UnixDomainSocketAddress.of(home.resolve("agent.sock")));
      for (int i = 0; i < 20; i++) {
        SocketChannel gone = SocketChannel.open(StandardProtocolFamily.UNIX);
        gone.connect(UnixDomainSocketAddress.of(home.resolve("agent.sock")));
        gone.write(ByteBuffer.wrap(new byte[] {Agent.KEY}));
        gone.close();
      }
      assertArrayEquals(BYTES, key().orElseThrow());
      assertTrue(unlocked().forget());
      awaitTheEnd();
    }
  }

  @Test
  @Tag("M08")
  void nobodyElseCanReachTheSocket() throws Exception {
    keep(Duration.ofMinutes(1));
    Path socket = home.resolve("agent.sock");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
  }

  @Test
  @Tag("M08")
  void asksNoSocketThatSomebodyElseCouldHaveMade() throws Exception {
    keep(Duration.ofMinutes(1));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwx---"));
    assertFalse(unlocked().isKept());
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    assertTrue(unlocked().isKept());
  }

  @Test
  void prefersTheRuntimeDirectoryAndTellsHomesApart() {
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", "/run/user/1");
    Path one = AgentSocket.of(Path.of("/a"), environment).path();
    Path other = AgentSocket.of(Path.of("/b"), environment).path();
    assertTrue(one.startsWith("/run/user/1/cofre"));
    assertFalse(one.equals(other));
  }

  private UnlockedKey unlocked() {
    return new UnlockedKey(home, Map.of());
  }

  private void keep(Duration idle) throws IOException {
    try (SecretBytes key = SecretBytes.copyOf(BYTES)) {
      unlocked().keep(key, idle);
    }
  }

  private Optional<byte[]> key() {
    return unlocked()
        .get()
        .map(key -> {
          try (key) {
            return key.toArray();
          }
        });
  }

  private void awaitTheEnd() throws InterruptedException {
    for (int i = 0; i < 100 && unlocked().isKept(); i++) {
      Thread.sleep(50);
    }
    assertFalse(unlocked().isKept());
  }
}
