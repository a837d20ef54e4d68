package dev.cofre.client.sharing;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultSharing;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.team.Recipient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Fulfils grants: wraps what there is for those who lack it. Who that is follows from the verified log; the server's list only says
/// where to look.
public final class Grants {
  private Grants() {}

  /// Catches up with a vault, if this member is in it, and does what [#repair] does.
  public static void fulfil(Workspace workspace, VaultId vault) throws CofreException {
    if (workspace.role(vault).isPresent()) {
      VaultHistory history = workspace.vault(vault);
      history.catchUp();
      repair(workspace, history);
    }
  }

  /// Wraps, where this member may write, whatever recipients of a vault lack. The history has been caught up.
  public static void repair(Workspace workspace, VaultHistory history) throws CofreException {
    boolean mayWrite =
        workspace.role(history.vault()).filter(role -> role.atLeast(VaultRole.EDITOR)).isPresent();
    if (!mayWrite || history.index().head().seq() == 0) {
      return;
    }
    Server server = workspace.connection().server();
    Commits.Missing missing = server.missing(workspace.connection().team(), history.vault());
    Map<?, Recipient> recipients = workspace.team().state().recipients(history.vault());
    Map<MemberId, List<Commits.Lack>> lacking =
        missing.recipients().stream().collect(Collectors.groupingBy(Commits.Lack::recipient));
    for (Map.Entry<MemberId, List<Commits.Lack>> lack : lacking.entrySet()) {
      Optional<Recipient> recipient = Optional.ofNullable(recipients.get(lack.getKey()));
      if (recipient.isPresent()) {
        wrap(history, recipient.get(), lack.getValue());
      }
    }
  }

  /// Wraps what is readable of some commits for one recipient.
  private static void wrap(VaultHistory history, Recipient recipient, List<Commits.Lack> lacks)
      throws CofreException {
    List<Revision> readable =
        history.index().revisions().stream()
            .filter(Revision::readable)
            .filter(revision -> within(lacks, revision.place().seq()))
            .sorted(Comparator.comparing(Revision::place))
            .toList();
    if (readable.isEmpty()) {
      return;
    }
    try (VaultSharing sharing = VaultSharing.with(history, recipient)) {
      for (Revision revision : readable) {
        sharing.add(revision);
      }
      sharing.finish();
    }
  }

  private static boolean within(List<Commits.Lack> lacks, long seq) {
    return lacks.stream().anyMatch(lack -> lack.from() <= seq && seq <= lack.to());
  }
}
