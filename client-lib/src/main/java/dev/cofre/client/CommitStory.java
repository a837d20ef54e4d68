package dev.cofre.client;

import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.vault.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Tells a vault's verified commits.
final class CommitStory {
  private final VaultHistory history;
  private final Function<MemberId, String> names;
  private final List<Ending> endings;

  /// An entry of the team log that ended somebody's right to write here, and the last commit that it let stand.
  private record Ending(long teamSeq, long lastCommit) {}

  CommitStory(VaultHistory history, Function<MemberId, String> names) {
    this.history = history;
    this.names = names;
    this.endings =
        history.team().log().entries().stream()
            .flatMap(entry -> ending(entry.value(), history.vault()))
            .toList();
  }

  private static Stream<Ending> ending(Entry entry, VaultId vault) {
    return Stream.of(entry.body())
        .filter(Body::endsRights)
        .flatMap(body -> body.namedHeads().stream())
        .filter(head -> head.vault().equals(vault))
        .map(head -> new Ending(entry.seq(), head.head().seq()));
  }

  /// The commits after a place.
  List<CommitLine> after(long seq) {
    List<CommitLine> lines = new ArrayList<>();
    for (Fact.Committed commit : history.index().commits()) {
      if (commit.seq() > seq) {
        lines.add(line(commit));
      }
    }
    return lines;
  }

  private CommitLine line(Fact.Committed commit) {
    return new CommitLine(
        commit.seq(),
        commit.hash(),
        Instant.ofEpochMilli(commit.time()),
        commit.author(),
        names.apply(commit.author()),
        commit.device(),
        commit.teamSeq(),
        knowledge(commit),
        commit.changes().stream().map(this::change).toList());
  }

  /// A commit was overtaken by a removal when its author did not know of it yet, and it stands after the head that the removal names.
  private CommitLine.Knowledge knowledge(Fact.Committed commit) {
    boolean overtaken =
        endings.stream()
            .anyMatch(ending ->
                ending.teamSeq() > commit.teamSeq() && ending.lastCommit() < commit.seq());
    return overtaken ? CommitLine.Knowledge.BEFORE_A_REMOVAL : CommitLine.Knowledge.CURRENT;
  }

  private CommitLine.ChangeLine change(Change change) {
    return switch (change) {
      case Change.Put put -> put(put);
      case Change.Delete(FileId file, RevisionId previous) ->
          new CommitLine.ChangeLine(CommitLine.ChangeLine.Kind.DELETED, file, path(previous));
      case Change.Purge(FileId file, List<RevisionId> revisions) ->
          new CommitLine.ChangeLine(
              CommitLine.ChangeLine.Kind.PURGED, file, path(revisions.getLast()));
      case Change.Send send -> ofSend(CommitLine.ChangeLine.Kind.SENT, send);
      case Change.SendEnd end -> ofSend(CommitLine.ChangeLine.Kind.SEND_ENDED, end);
      case Change.SendExtend extend -> ofSend(CommitLine.ChangeLine.Kind.SEND_EXTENDED, extend);
    };
  }

  private static CommitLine.ChangeLine ofSend(CommitLine.ChangeLine.Kind kind, Change change) {
    return new CommitLine.ChangeLine(kind, change.file(), "");
  }

  private CommitLine.ChangeLine put(Change.Put put) {
    return new CommitLine.ChangeLine(kind(put), put.file(), path(put.revision()));
  }

  private CommitLine.ChangeLine.Kind kind(Change.Put put) {
    if (put.file().equals(FileId.NAME)) {
      return CommitLine.ChangeLine.Kind.NAMED;
    }
    Optional<Revision> previous = put.previous().flatMap(history.index()::find);
    if (previous.isEmpty()) {
      return CommitLine.ChangeLine.Kind.ADDED;
    }
    boolean sameBlob = previous.get().put().blob().equals(put.blob());
    return sameBlob ? CommitLine.ChangeLine.Kind.MOVED : CommitLine.ChangeLine.Kind.UPDATED;
  }

  private String path(RevisionId revision) {
    return history
        .index()
        .find(revision)
        .flatMap(Revision::facts)
        .map(facts -> facts.path().value())
        .orElse("");
  }
}
