package dev.cofre.client.files;

import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import java.util.ArrayList;
import java.util.List;

/// Collects outcomes and passes them on, one call at a time.
final class Reports {
  private final Progress progress;
  private final List<Outcome> outcomes = new ArrayList<>();

  Reports(Progress progress) {
    this.progress = progress;
  }

  synchronized void expect(long files, long bytes) {
    progress.expect(files, bytes);
  }

  synchronized void moved(long bytes) {
    progress.moved(bytes);
  }

  synchronized void add(Outcome outcome) {
    outcomes.add(outcome);
    progress.finished(outcome);
  }

  synchronized List<Outcome> all() {
    return List.copyOf(outcomes);
  }
}
