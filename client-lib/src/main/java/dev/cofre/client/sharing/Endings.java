package dev.cofre.client.sharing;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.TeamHistory;
import dev.cofre.client.history.VerifiedLog;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.TeamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Ends rights, each time naming the past that it ends. What was ended before is not ended again: its end is reported.
public final class Endings {
  private Endings() {}

  /// The place in the team log of the last entry that ended somebody's right to read this vault, or any device's; 0 when there is none.
  public static long last(Workspace workspace, VaultId vault) {
    return last(
            workspace.team(),
            body ->
                body instanceof Body.Revoke revoke
                    ? revoke.vault().vault().equals(vault)
                    : body.endsRights())
        .map(entry -> entry.value().seq())
        .orElse(0L);
  }

  /// A right that has ended: by this call or before it, since when, and what the subject could read in the vaults that this member sees too.
  public record Ended(
      Change change, Instant closedAt, List<VaultId> vaults, long versions, long filesFetched) {
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
    TeamHistory history = workspace.team();
    history.catchUp();
    Set<VaultId> vaults = history.state().vaultsOf(member);
    Optional<Signed<Entry>> written =
        history.appendUnless(
            _ -> removal(history, member).isPresent(),
            team -> {
              Set<VaultId> abandoned = team.abandonedBy(member);
              requireAcknowledged(abandoned, acknowledged);
              return new Body.MemberRemove(
                  member, workspace.heads(team.writableBy(member)), List.copyOf(abandoned));
            });
    if (written.isPresent()) {
      return ended(workspace, member, Change.MADE, written.get(), List.copyOf(vaults));
    }
    Signed<Entry> entry = removal(history, member).orElseThrow();
    List<SignedBytes> before = history.log().bytes().subList(0, (int) entry.value().seq());
    TeamState then = VerifiedLog.of(workspace.connection().team(), before).state();
    return ended(workspace, member, Change.NONE, entry, List.copyOf(then.vaultsOf(member)));
  }

  /// The entry that ended a membership; nobody comes back under the same id.
  private static Optional<Signed<Entry>> removal(TeamHistory history, MemberId member) {
    return last(
        history, body -> body instanceof Body.MemberRemove end && end.member().equals(member));
  }

  private static Optional<Signed<Entry>> last(TeamHistory history, Predicate<Body> wanted) {
    return history.log().entries().reversed().stream()
        .filter(entry -> wanted.test(entry.value().body()))
        .findFirst();
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
    TeamHistory history = workspace.team();
    Optional<Signed<Entry>> written =
        history.appendUnless(
            team ->
                !team.roles(vault).containsKey(member)
                    && revocation(history, vault, member).isPresent(),
            team -> {
              Body.Abandon does =
                  team.abandonedBy(member).contains(vault)
                      ? Body.Abandon.ABANDONED
                      : Body.Abandon.KEPT;
              if (does == Body.Abandon.ABANDONED && does != abandon) {
                requireAcknowledged(Set.of(vault), Set.of());
              }
              return new Body.Revoke(member, workspace.head(vault), does);
            });
    Signed<Entry> entry = written.or(() -> revocation(history, vault, member)).orElseThrow();
    return ended(workspace, member, Change.of(written.isPresent()), entry, List.of(vault));
  }

  private static Optional<Signed<Entry>> revocation(
      TeamHistory history, VaultId vault, MemberId member) {
    return last(
        history,
        body ->
            body instanceof Body.Revoke end
                && end.member().equals(member)
                && end.vault().vault().equals(vault));
  }

  private static Ended ended(
      Workspace workspace,
      MemberId member,
      Change change,
      Signed<Entry> entry,
      List<VaultId> vaults)
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
    return new Ended(change, Instant.ofEpochMilli(entry.value().time()), seen, versions, fetched);
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
