package dev.cofre.client.sharing;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.Workspace;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Ends rights, each time naming the past that it ends.
public final class Endings {
  private Endings() {}

  /// The place in the team log of the last entry that ended somebody's right to read this vault, or any device's; 0 when there is none.
  public static long last(Workspace workspace, VaultId vault) {
    for (Signed<Entry> entry : workspace.team().log().entries().reversed()) {
      Body body = entry.value().body();
      boolean ends =
          body instanceof Body.Revoke revoke
              ? revoke.vault().vault().equals(vault)
              : body.endsRights();
      if (ends) {
        return entry.value().seq();
      }
    }
    return 0;
  }

  /// A right that has ended: at which place of the team log and since when, and what the subject could read in the vaults that this member sees too.
  public record Ended(
      long seq, Instant closedAt, List<VaultId> vaults, long versions, long filesFetched) {
    /// Copies the list.
    public Ended {
      vaults = List.copyOf(vaults);
    }
  }

  /// Ends a membership.
  ///
  /// @throws CofreException [Stopped] when a vault that is not acknowledged would be left without a manager
  public static Ended remove(Workspace workspace, MemberId member, Set<VaultId> acknowledged)
      throws CofreException {
    workspace.team().catchUp();
    List<VaultId> shared = shared(workspace, member);
    Signed<Entry> entry =
        workspace
            .team()
            .append(team -> {
              Set<VaultId> abandoned = team.abandonedBy(member);
              requireAcknowledged(abandoned, acknowledged);
              return new Body.MemberRemove(
                  member, workspace.heads(team.writableBy(member)), List.copyOf(abandoned));
            });
    return ended(workspace, member, entry, shared);
  }

  private static void requireAcknowledged(Set<VaultId> abandoned, Set<VaultId> acknowledged)
      throws Stopped {
    Set<VaultId> surprising = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    surprising.addAll(abandoned);
    surprising.removeAll(acknowledged);
    if (!surprising.isEmpty()) {
      throw new Stopped(
          "this leaves without a manager, or without anybody: "
              + surprising.stream()
                  .map(vault -> vault.hex().substring(0, 8))
                  .collect(Collectors.joining(", ")),
          "Make somebody else a manager of these vaults first, or say that they may be abandoned.");
    }
  }

  /// Ends a role in one vault.
  ///
  /// @throws CofreException [Stopped] when it would be left without a manager and `abandon` does not allow that
  public static Ended revoke(
      Workspace workspace, VaultId vault, MemberId member, Body.Abandon abandon)
      throws CofreException {
    Signed<Entry> entry =
        workspace
            .team()
            .append(team -> {
              Body.Abandon does =
                  team.abandonedBy(member).contains(vault)
                      ? Body.Abandon.ABANDONED
                      : Body.Abandon.KEPT;
              if (does == Body.Abandon.ABANDONED && does != abandon) {
                requireAcknowledged(Set.of(vault), Set.of());
              }
              return new Body.Revoke(member, workspace.head(vault), does);
            });
    List<VaultId> shared = workspace.role(vault).isPresent() ? List.of(vault) : List.of();
    return ended(workspace, member, entry, shared);
  }

  private static List<VaultId> shared(Workspace workspace, MemberId member) {
    return workspace.team().state().vaultsOf(member).stream()
        .filter(vault -> workspace.role(vault).isPresent())
        .toList();
  }

  private static Ended ended(
      Workspace workspace, MemberId member, Signed<Entry> entry, List<VaultId> vaults)
      throws CofreException {
    long versions = 0;
    long fetched = 0;
    List<VaultId> seen = new ArrayList<>();
    for (VaultId vault : vaults) {
      if (workspace.role(vault).isEmpty()) {
        continue;
      }
      seen.add(vault);
      versions +=
          workspace.vault(vault).index().revisions().stream()
              .filter(Revision::readable)
              .filter(revision -> revision.put().blob().isPresent())
              .count();
      fetched += fetched(workspace, vault, member);
    }
    return new Ended(
        entry.value().seq(), Instant.ofEpochMilli(entry.value().time()), seen, versions, fetched);
  }

  private static long fetched(Workspace workspace, VaultId vault, MemberId member)
      throws CofreException {
    try {
      return workspace
          .connection()
          .server()
          .fetched(workspace.connection().team(), vault, member)
          .files();
    } catch (Refused _) {
      return 0;
    }
  }
}
