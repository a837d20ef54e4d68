package dev.cofre.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// One line that tells how far a transfer is, its rate and the time left. It appears only after a second, and is gone when
/// closed. Safe for many threads.
public final class ProgressBar implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration REFRESH = Duration.ofMillis(100);
  private static final int BAR = 24;

  private final PrintStream err;
  private final InstantSource clock;
  private final Texts texts;
  private final Figures figures;
  private final int columns;
  private final boolean shown;
  private final Instant start;

  private Instant drawn;
  private long total;
  private long done;
  private long skipped;
  private int width;

  ProgressBar(Shell shell, Texts texts, boolean shown) {
    this.err = shell.err();
    this.clock = shell.clock();
    this.texts = texts;
    this.figures = new Figures(texts.language(), shell.zone());
    this.columns = shell.columns();
    this.shown = shown;
    this.start = clock.instant();
    this.drawn = start.plus(PATIENCE).minus(REFRESH);
  }

  /// How many bytes there are to move, as far as known.
  public synchronized void expect(long bytes) {
    total = bytes;
    draw();
  }

  /// Bytes that were moved.
  public synchronized void advance(long bytes) {
    done += bytes;
    draw();
  }

  /// Bytes that an earlier run had moved already: they count as done, but not in the rate.
  public synchronized void skip(long bytes) {
    skipped += bytes;
    draw();
  }

  /// Takes the line away, so that a message can be written.
  public synchronized void clear() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }

  private void draw() {
    Instant now = clock.instant();
    if (!shown || Duration.between(drawn, now).compareTo(REFRESH) < 0) {
      return;
    }
    drawn = now;
    String line = line(Duration.between(start, now));
    err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }

  private String line(Duration elapsed) {
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    long rate = (long) (done / seconds);
    long reached = Math.min(total, done + skipped);
    double part = total == 0 ? 0 : (double) reached / total;
    int full = (int) Math.round(part * BAR);
    String left = rate == 0 ? "-:--" : Figures.clock(Duration.ofSeconds((total - reached) / rate));
    String line =
        "["
            + "#".repeat(full)
            + "-".repeat(BAR - full)
            + "] "
            + texts.say(
                "progress.line", (int) (part * 100) + " %", figures.size(rate) + "/s", left);
    return line.length() < columns ? line : line.substring(0, columns - 1);
  }
}
