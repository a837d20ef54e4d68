package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contents that go no faster than asked.
class LimitsTest {
  private static final int LENGTH = 2 << 20;
  private static final String RATE = "256k";
  private static final int MILLIS = 8000;

  @TempDir private Path directory;

  /// Nobody sleeps, so that the last piece is asked to wait as long as all together take.
  private final AtomicLong longest = new AtomicLong();

  private void sleep(Duration time) {
    longest.accumulateAndGet(time.toMillis(), Math::max);
  }

  private void assertHeldBack() {
    long waited = longest.getAndSet(0);
    assertTrue(waited > 0.6 * MILLIS && waited < 1.5 * MILLIS, () -> waited + " ms");
  }

  @Test
  void holdBackWhatIsSentAndWhatIsFetched() throws IOException {
    try (Office office = Office.waiting(directory, this::sleep)) {
      Actor ana = office.owner();
      byte[] content = new byte[LENGTH];
      Path file = Office.file(ana, "large.bin", content);
      Path many = Office.file(ana, "many/0.bin", Arrays.copyOf(content, LENGTH / 8)).getParent();
      for (int i = 1; i < 8; i++) {
        Files.write(many.resolve(i + ".bin"), Arrays.copyOf(content, LENGTH / 8));
      }
      assertEquals(0, longest.get(), "nothing is held back unless asked");
      String vault = Office.VAULT + ":/";
      office.succeed(ana, "put", file.toString(), vault, "--limit-up", RATE);
      assertHeldBack();
      office.succeed(ana, "put", many.toString(), vault, "--limit-up", RATE);
      assertHeldBack();
      Path copy = ana.directory().resolve("copy");
      office.succeed(ana, "get", vault + "large.bin", copy.toString(), "--limit-down", RATE);
      assertHeldBack();
      assertEquals(-1, Files.mismatch(file, copy));
      Path folder = Files.createDirectories(ana.directory().resolve("folder"));
      office.succeed(ana, "get", vault + "many", folder.toString(), "--limit-down", "0.2M");
      assertTrue(longest.getAndSet(0) > 0.6 * MILLIS);
      office.succeed(ana, "put", file.toString(), vault + "again.bin", "--limit-down", RATE);
      assertEquals(0, longest.get(), "another direction");
    }
  }

  @Test
  void areRefusedWhereTheyAreNone() throws IOException {
    try (Office office = Office.open(directory)) {
      Actor ana = office.owner();
      for (String wrong : new String[] {"", "-1", "fast", "1MB", "1.25M", "12345678901"}) {
        Answer answer = office.expect(2, ana, "verify", "--limit-up=" + wrong);
        assertTrue(answer.err().contains("such as 500k or 2M"), answer.err());
      }
      for (String slow : new String[] {"0", "31k", "32767", "0.0G"}) {
        Answer answer = office.expect(2, ana, "verify", "--limit-down", slow);
        assertTrue(answer.err().contains("32k or more"), answer.err());
      }
      office.succeed(ana, "verify", "--limit-down", "32768", "--limit-up", "1g");
    }
  }
}
