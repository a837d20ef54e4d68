package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sessions.Subject;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.server.domain.Refusal;
import dev.cofre.server.domain.Rights;
import dev.cofre.server.domain.Subjects;
import dev.cofre.server.domain.TeamStates;
import dev.cofre.server.store.SessionRows;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// Lets callers in. Every request asks the database anew, for the session and for the log's head, so a right that ended is
/// gone with the next request.
@Singleton
public class Gate {
  private final SessionRows sessions;
  private final TeamStates states;
  private final Standings standings;
  private final Rights rights;
  private final RateLimits limits;
  private final InstantSource clock;

  Gate(
      SessionRows sessions,
      TeamStates states,
      Standings standings,
      Rights rights,
      RateLimits limits,
      InstantSource clock) {
    this.sessions = sessions;
    this.states = states;
    this.standings = standings;
    this.rights = rights;
    this.limits = limits;
    this.clock = clock;
  }

  /// Whoever has a session in this team.
  ///
  /// @throws Refusal `NO_SESSION` without a live session, `NOT_FOUND` with one in another team, `RATE_LIMITED` when it
  ///     or its team asks too often, or without one its address
  public Caller caller(TeamId team, Asker asker) {
    long now = clock.millis();
    var row = asker.tokenHash().flatMap(hash -> sessions.find(team.value(), hash, now));
    if (row.isEmpty()) {
      limits.take(asker.address());
      boolean elsewhere =
          asker.tokenHash().filter(hash -> sessions.countAnywhere(hash, now) > 0).isPresent();
      throw elsewhere ? Refusal.notFound() : noSession();
    }
    Bytes hash = row.get().token();
    limits.take(team, row.get().subject());
    TeamState state = states.now(team);
    Optional<Caller> caller =
        switch (Subjects.of(row.get().subject())) {
          case Subject.OfDevice of ->
              standings.device(state, of).map(d -> new Caller.OfMember(state, hash, d.member()));
          case Subject.OfInvite of ->
              standings
                  .invitation(state, of.invite())
                  .map(_ -> new Caller.OfInvite(state, hash, of.invite()));
        };
    return caller.orElseThrow(Gate::noSession);
  }

  /// A confirmed member of this team.
  ///
  /// @throws Refusal `NOT_ALLOWED` for an invitation, or for somebody who waits to be confirmed
  public Caller.OfMember member(TeamId team, Asker asker) {
    if (caller(team, asker) instanceof Caller.OfMember member && member.confirmed()) {
      return member;
    }
    throw new Refusal(Problem.NOT_ALLOWED, "only members may do this");
  }

  /// A confirmed member with at least this role in this vault.
  ///
  /// @throws Refusal `NOT_FOUND` without a role, `NOT_ALLOWED` with a lower one, `GRANT_ENDED` after its date
  public Caller.InVault vault(TeamId team, VaultId vault, Asker asker, VaultRole needed) {
    if (!(caller(team, asker) instanceof Caller.OfMember caller)) {
      throw Refusal.notFound();
    }
    rights.require(caller.team(), vault, caller.member(), needed);
    return new Caller.InVault(caller.team(), caller.member(), vault);
  }

  /// A confirmed member who may have to name a vault's head: with a role in it, even one whose date is past, or with a rank in the team
  /// that lets them end somebody's.
  ///
  /// @throws Refusal `NOT_FOUND` otherwise
  public Caller.InVault chain(TeamId team, VaultId vault, Asker asker) {
    if (!(caller(team, asker) instanceof Caller.OfMember caller) || !caller.confirmed()) {
      throw Refusal.notFound();
    }
    boolean named =
        caller.team().roles(vault).containsKey(caller.member())
            || (caller.team().vaults().contains(vault)
                && administers(caller.team(), caller.member()));
    if (!named) {
      throw Refusal.notFound();
    }
    return new Caller.InVault(caller.team(), caller.member(), vault);
  }

  private static boolean administers(TeamState team, MemberId member) {
    return Optional.ofNullable(team.members().get(member))
        .filter(m -> m.role().atLeast(TeamRole.ADMIN))
        .isPresent();
  }

  /// Whether a member may learn what another one fetched: the vault's managers, the team's admins, and everybody of themselves.
  public void requireMayLearnOf(Caller.InVault caller, MemberId subject) {
    boolean manages = caller.team().roles(caller.vault()).get(caller.member()) == VaultRole.MANAGER;
    Refusal.unless(
        manages || administers(caller.team(), caller.member()) || caller.member().equals(subject),
        Problem.NOT_ALLOWED,
        "only managers and admins learn what others fetched");
  }

  private static Refusal noSession() {
    return new Refusal(Problem.NO_SESSION, "log in");
  }
}
