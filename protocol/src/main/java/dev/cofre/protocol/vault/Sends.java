package dev.cofre.protocol.vault;

import dev.cofre.protocol.Id;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.tree.PersistentMap;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All sends of a vault's history. Immutable.
public final class Sends {
  private static final Sends NONE =
      new Sends(PersistentMap.empty(Comparator.comparing((Id id) -> id.value())));

  private final PersistentMap<SendId, Sent> all;

  private Sends(PersistentMap<SendId, Sent> all) {
    this.all = all;
  }

  /// One send.
  ///
  /// @param seq the commit that made it
  /// @param teamSeq the place in the team log that its author knew
  public record Sent(Change.Send send, MemberId author, long seq, long teamSeq, SendHead head) {
    private Sent with(SendHead next) {
      return new Sent(send, author, seq, teamSeq, next);
    }

    private Sent ended() {
      return with(new SendHead(head.expires(), SendHead.State.ENDED));
    }

    /// Whether it can still be opened, as far as vault and team log say: neither ended, nor made by somebody who has lost the right
    /// to write since. A right that comes back brings no send back. Its expiry, its limits and the end date of a role are for the server's clock.
    public boolean stands(TeamState team, VaultId vault) {
      return !head.ended() && team.keptSince(vault, author, teamSeq, VaultRole.EDITOR);
    }
  }

  /// Before the first commit.
  public static Sends none() {
    return NONE;
  }

  /// After the changes of one more commit, which the rules allow.
  public Sends after(MemberId author, long seq, long teamSeq, List<Change> changes) {
    PersistentMap<SendId, Sent> next = all;
    for (Change change : changes) {
      if (change instanceof Change.Send send) {
        SendHead head = new SendHead(send.terms().expires(), SendHead.State.OPEN);
        next = next.with(send.send(), new Sent(send, author, seq, teamSeq, head));
      }
    }
    for (Change change : changes) {
      switch (change) {
        case Change.SendEnd(SendId send) -> next = next.with(send, require(next, send).ended());
        case Change.SendExtend(SendId send, long expires) ->
            next =
                next.with(
                    send, require(next, send).with(new SendHead(expires, SendHead.State.OPEN)));
        case Change.Purge purge -> next = withoutThoseOf(next, Set.copyOf(purge.revisions()));
        case Change.Put _, Change.Delete _, Change.Send _ -> {}
      }
    }
    return new Sends(next);
  }

  private static Sent require(PersistentMap<SendId, Sent> sends, SendId send) {
    return sends.find(send).orElseThrow(() -> new IllegalStateException("no such send"));
  }

  private static PersistentMap<SendId, Sent> withoutThoseOf(
      PersistentMap<SendId, Sent> sends, Set<RevisionId> purged) {
    PersistentMap<SendId, Sent> next = sends;
    for (Map.Entry<SendId, Sent> entry : sends.entrySet()) {
      Set<RevisionId> handed = new HashSet<>(entry.getValue().send().revisions());
      if (!entry.getValue().head().ended() && handed.removeAll(purged)) {
        next = next.with(entry.getKey(), entry.getValue().ended());
      }
    }
    return next;
  }

  /// A send.
  public Optional<Sent> find(SendId send) {
    return all.find(send);
  }

  /// All of them, by id.
  public Collection<Sent> all() {
    return all.values();
  }
}
