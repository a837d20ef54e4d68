package dev.cofre.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The machine sleeps: the wall clock goes on, the timers of the agent's process stand still.
@Tag("M04")
class AgentSleepTest {
  private static final byte[] KEY = "a key of thirty-two bytes, yes ok".getBytes(UTF_8);
  private static final Duration IDLE = Duration.ofHours(1);

  private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private Path home = Path.of(".");
  private Thread agent = Thread.currentThread();

  @BeforeEach
  void keep(@TempDir Path directory) throws Exception {
    home =
        Files.createDirectory(
            directory.resolve("home"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ByteArrayOutputStream ready = new ByteArrayOutputStream();
    agent =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Agent.keep(home, Map.of(), IDLE, () -> now, new ByteArrayInputStream(KEY), ready);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    for (int i = 0; i < 200 && ready.size() == 0; i++) {
      Thread.sleep(20);
    }
    assertEquals(1, ready.size());
  }

  private Optional<byte[]> key() {
    return Agent.ask(home, Map.of(), Agent.KEY);
  }

  private void assertEnded() throws InterruptedException {
    assertTrue(agent.join(Duration.ofSeconds(30)));
    assertFalse(Files.exists(home.resolve("agent.sock")));
  }

  @Test
  void givesNoKeyAfterASleepThatWasLongerThanIdle() throws Exception {
    now = now.plus(IDLE).minusSeconds(1);
    assertArrayEquals(KEY, key().orElseThrow());
    now = now.plus(IDLE).minusSeconds(1);
    assertArrayEquals(KEY, key().orElseThrow());
    now = now.plus(IDLE);
    assertEquals(Optional.empty(), key());
    assertEnded();
  }

  @Test
  void endsByItselfSoonAfterSuchASleep() throws Exception {
    now = now.plus(IDLE).plusSeconds(1);
    assertEnded();
  }
}
