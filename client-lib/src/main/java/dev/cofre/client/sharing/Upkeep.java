package dev.cofre.client.sharing;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.Workspace;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.TeamState;
import java.util.List;
import java.util.Optional;

/// What every client does in passing, so that others need not wait for one in particular.
public final class Upkeep {
  private Upkeep() {}

  /// Catches up with the team log and the names in it, and replaces this member's key if a revoked device knew it.
  public static void catchUp(Workspace workspace) throws CofreException {
    workspace.team().catchUp();
    workspace.names().refresh(workspace.team().state());
    renewVoidKey(workspace);
  }

  /// Catches up with a vault, replaces this member's key if a revoked device knew it, and wraps what others lack.
  public static void refresh(Workspace workspace, VaultHistory history) throws CofreException {
    workspace.team().catchUp();
    renewVoidKey(workspace);
    refreshCommits(workspace, history);
  }

  /// Catches up with a vault alone after [#catchUp], and wraps what others lack.
  public static void refreshCommits(Workspace workspace, VaultHistory history)
      throws CofreException {
    history.catchUpCommits();
    Grants.repair(workspace, history);
  }

  /// Gives this member a new encryption key when the old one is void.
  public static void renewVoidKey(Workspace workspace) throws CofreException {
    Optional<Member> me =
        Optional.ofNullable(workspace.team().state().members().get(workspace.me()));
    if (me.filter(m -> m.confirmed() && m.memberKey().isEmpty()).isPresent()) {
      Devices.rekey(workspace);
    }
  }

  /// Ends roles whose date is past, so that nothing written from now on is wrapped for them. Done before every write. The last
  /// manager keeps the role: the server serves them nothing, and somebody has to make another manager.
  public static void endDated(Workspace workspace, VaultHistory history) throws CofreException {
    VaultId vault = history.vault();
    long now = workspace.connection().now();
    for (MemberId member : dated(workspace.team().state(), vault, now)) {
      try {
        workspace
            .team()
            .append(_ -> new Body.Revoke(member, workspace.head(vault), Body.Abandon.KEPT));
      } catch (Refused refused) {
        // By the server's clock, which decides, the date may not be past yet.
        boolean early = refused.code().equals(Problem.NOT_ALLOWED.code());
        if (!early && dated(workspace.team().state(), vault, now).contains(member)) {
          throw refused;
        }
      }
    }
  }

  private static List<MemberId> dated(TeamState team, VaultId vault, long now) {
    return team.roles(vault).entrySet().stream()
        .map(role -> role.getKey())
        .filter(member -> team.until(vault, member).filter(end -> end <= now).isPresent())
        .filter(member -> !team.abandonedBy(member).contains(vault))
        .toList();
  }
}
