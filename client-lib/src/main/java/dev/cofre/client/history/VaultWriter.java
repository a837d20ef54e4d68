package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.api.Problem;
import java.util.List;
import java.util.Set;

/// Appends commits by this device to a vault. Every commit is built upon the verified head; when somebody else was first, the device
/// catches up, checks again what is left to do, and signs anew.
public final class VaultWriter {
  private static final int ATTEMPTS = 12;
  private static final Set<String> PASSING =
      Set.of(Problem.STALE_HEAD.code(), Problem.STALE_TEAM.code(), Problem.WRONG_RECIPIENTS.code());

  private final VaultHistory history;

  /// Says what is left to do upon a verified state: empty once all is done. Asked again after every commit.
  public interface Plan {
    /// The changes left.
    List<Draft> upon(VaultHistory history) throws CofreException;
  }

  /// Writes to a vault.
  public VaultWriter(VaultHistory history) {
    this.history = history;
  }

  /// Commits until nothing is left to do, after catching up.
  ///
  /// @throws CofreException [Refused] when the rules or the server forbid it; [Conflict] when others came first too often
  public void write(Plan plan) throws CofreException {
    history.catchUp();
    int attempts = 0;
    while (attempts < ATTEMPTS) {
      List<Draft> left = plan.upon(history);
      if (left.isEmpty()) {
        return;
      }
      attempts = commit(left) ? 0 : attempts + 1;
    }
    throw Conflict.overtaken("the vault");
  }

  /// Commits as much as fits into one commit, or catches up when somebody else was first.
  private boolean commit(List<Draft> drafts) throws CofreException {
    Connection connection = history.connection();
    try (OwnChannels channels = OwnChannels.open(connection, history.store());
        PreparedCommit prepared = PreparedCommit.of(history, channels, drafts)) {
      prepared.check(history);
      try {
        connection.server().append(connection.team(), history.vault(), prepared.request());
      } catch (Unreachable lost) {
        history.catchUp();
        if (!history.index().head().hash().equals(prepared.hash())
            && history.index().commits().stream()
                .noneMatch(c -> c.hash().equals(prepared.hash()))) {
          throw lost;
        }
        return true;
      } catch (Refused refused) {
        if (!PASSING.contains(refused.code())) {
          throw refused;
        }
        history.catchUp();
        return false;
      }
      history.addOwn(prepared.item(), prepared.committed(), prepared.opened());
      channels.taken(prepared.channels());
      return true;
    }
  }
}
