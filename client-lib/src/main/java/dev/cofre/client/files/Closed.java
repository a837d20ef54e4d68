package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.report.Outcome;
import dev.cofre.protocol.FileId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Versions that cannot be shown, as failed outcomes.
final class Closed {
  private Closed() {}

  /// A version that failed.
  static Outcome outcome(Revision revision, CofreException why) {
    String where =
        revision.facts().map(facts -> facts.path().value()).orElseGet(() -> revision.file().hex());
    return new Outcome(where, Outcome.Status.FAILED, 0, revision.number(), Optional.of(why));
  }

  /// Why a version's record cannot be read, if it cannot.
  static Optional<Outcome> of(Revision revision) {
    try {
      revision.record();
      return Optional.empty();
    } catch (CofreException e) {
      return Optional.of(outcome(revision, e));
    }
  }

  /// The files whose current version cannot be shown.
  static Map<FileId, Outcome> files(VaultHistory history) {
    Map<FileId, Outcome> closed = new LinkedHashMap<>();
    for (FileId file : history.index().fileIds()) {
      history.index().current(file).flatMap(Closed::of).ifPresent(o -> closed.put(file, o));
    }
    return closed;
  }
}
