package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.protocol.api.Problem;

/// What it means when a server says that it does not have a content that the verified history names.
final class Denial {
  private Denial() {}

  /// Whether a failure is one.
  static boolean is(CofreException failure) {
    return failure instanceof Refused refused && refused.code().equals(Problem.NOT_FOUND.code());
  }

  /// The failure to report, after catching up: access that has just ended, a version that has just been erased, or a server that has lost
  /// or withholds what it once took.
  static CofreException explain(VaultHistory history, Connection connection, Revision revision) {
    try {
      history.catchUp();
    } catch (CofreException e) {
      return e;
    }
    if (!history
        .team()
        .state()
        .roles(history.vault())
        .containsKey(connection.identity().member())) {
      return new Refused(
          Problem.GRANT_ENDED.code(),
          Problem.GRANT_ENDED.status(),
          "your access to this vault has ended",
          "Ask a manager of the vault to give it to you again.");
    }
    if (history
        .index()
        .find(revision.id())
        .filter(r -> r.state() == Revision.State.PURGED)
        .isPresent()) {
      return new NotFound("this version has been erased");
    }
    return new RolledBack(
        "the server says that it does not have the content of this version, which it once took",
        "Ask whoever runs the server whether it was restored from a backup. Other versions may still be there.");
  }
}
