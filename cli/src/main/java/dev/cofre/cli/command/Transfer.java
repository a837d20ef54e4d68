package dev.cofre.cli.command;

import dev.cofre.cli.terminal.ProgressBar;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;

/// Shows a long operation of the client on a progress bar.
final class Transfer implements Progress, AutoCloseable {
  private final ProgressBar bar;

  Transfer(Terminal terminal) {
    this.bar = terminal.progress();
  }

  @Override
  public void expect(long files, long bytes) {
    bar.expect(bytes);
  }

  @Override
  public void moved(long bytes) {
    bar.advance(bytes);
  }

  @Override
  public void finished(Outcome outcome) {
    bar.advance(0);
  }

  void clear() {
    bar.clear();
  }

  @Override
  public void close() {
    bar.close();
  }
}
