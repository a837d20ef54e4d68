package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final Stage stage = new Stage(Path.of("/tmp")).person();

  @Test
  void staysAwayForTheFirstSecond() {
    ProgressBar bar = stage.terminal().progress();
    bar.expect(1000);
    stage.wait(Duration.ofMillis(900));
    bar.advance(500);
    assertEquals("", stage.err());
  }

  @Test
  void tellsRateAndTimeLeft() {
    ProgressBar bar = stage.terminal().progress();
    bar.expect(10 << 20);
    stage.wait(Duration.ofSeconds(2));
    bar.advance(4 << 20);
    assertTrue(stage.err().contains("40 %  2.00 MiB/s  0:03 left"), stage.err());
  }

  @Test
  void whatAnEarlierRunMovedIsNotInTheRate() {
    ProgressBar bar = stage.terminal().progress();
    bar.expect(10 << 20);
    bar.skip(5 << 20);
    stage.wait(Duration.ofSeconds(2));
    bar.advance(2 << 20);
    assertTrue(stage.err().contains("70 %  1.00 MiB/s  0:03 left"), stage.err());
  }

  @Test
  void drawsAtMostTenTimesASecond() {
    ProgressBar bar = stage.terminal().progress();
    bar.expect(1000);
    stage.wait(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      bar.advance(1);
      stage.wait(Duration.ofMillis(10));
    }
    assertTrue(stage.err().chars().filter(c -> c == '\r').count() <= 11);
  }

  @Test
  void leavesNothingBehind() {
    ProgressBar bar = stage.terminal().progress();
    bar.expect(1000);
    stage.wait(Duration.ofSeconds(2));
    bar.advance(1);
    int drawn = stage.err().length() - 1;
    bar.close();
    assertTrue(stage.err().endsWith("\r" + " ".repeat(drawn) + "\r"));
  }

  @Test
  void isSilentWithoutATerminalAndWhenQuiet() {
    Stage piped = new Stage(Path.of("/tmp"));
    for (Stage quiet : new Stage[] {piped, stage}) {
      boolean asked = quiet == stage;
      ProgressBar bar =
          quiet.terminal(new Terminal.Manner(false, asked, false, Optional.empty())).progress();
      bar.expect(10);
      quiet.wait(Duration.ofSeconds(5));
      bar.advance(5);
      assertEquals("", quiet.err());
    }
  }

  @Test
  void fitsANarrowTerminal() {
    Stage narrow = new Stage(Path.of("/tmp")).person().with("COLUMNS", "40");
    ProgressBar bar = narrow.terminal().progress();
    bar.expect(10);
    narrow.wait(Duration.ofSeconds(2));
    bar.advance(5);
    assertFalse(narrow.err().strip().length() >= 40);
  }
}
