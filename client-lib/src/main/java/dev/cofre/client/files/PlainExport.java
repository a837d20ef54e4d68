package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Rereading;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes all files of a vault as they are now, opened.
public final class PlainExport {
  private PlainExport() {}

  /// Verifies a history that has been caught up, then gets every file. Each that cannot be had, or shown at all, is a failed outcome; while
  /// there is one the directory stays marked as not whole.
  public static List<Outcome> of(
      VaultHistory history, Connection connection, Path target, Progress progress)
      throws CofreException {
    ExportDirectory directory =
        ExportDirectory.ofFiles(target, history.vault(), history.index().head());
    Rereading.of(history);
    directory.begin();
    List<Outcome> outcomes = new ArrayList<>(Closed.files(history).values());
    outcomes.addAll(Gets.get(history, connection, List.of("/"), target, progress));
    if (outcomes.stream().allMatch(outcome -> outcome.failure().isEmpty())) {
      directory.finish();
    }
    return List.copyOf(outcomes);
  }
}
