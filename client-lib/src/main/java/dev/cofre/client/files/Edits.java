package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Draft;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultWriter;
import dev.cofre.client.report.Outcome;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.vault.FileHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes that move no content: renaming, deleting, restoring.
public final class Edits {
  private final VaultHistory history;
  private final Connection connection;

  /// Works on a history that has been caught up.
  public Edits(VaultHistory history, Connection connection) {
    this.history = history;
    this.connection = connection;
  }

  /// A file's new record, perhaps elsewhere: of a certain version's content, or else of whatever is current when it is written.
  private record Renewal(
      FileId file, RevisionId revision, Optional<RevisionId> version, RecordPath path) {}

  /// Renames a file, or a directory with all below it.
  public List<Outcome> move(String from, String to) throws CofreException {
    Map<String, Revision> moving = below(from);
    boolean single = history.tree().at(from).isPresent();
    boolean into = to.endsWith("/") || history.tree().isDirectory(to);
    String name = stripped(from).substring(stripped(from).lastIndexOf('/') + 1);
    String base = into ? (to.endsWith("/") ? to : to + "/") + name : to;
    List<Renewal> renewals = new ArrayList<>();
    for (Map.Entry<String, Revision> each : moving.entrySet()) {
      String path = single ? base : base + each.getKey().substring(stripped(from).length());
      if (history.tree().at(path).isPresent()) {
        throw taken(path);
      }
      each.getValue().record();
      renewals.add(renewal(each.getValue().file(), path));
    }
    return renew(renewals, Outcome.Status.UPDATED);
  }

  private Renewal renewal(FileId file, String path) throws CofreException {
    RecordPath recordPath =
        RecordPath.of(path)
            .orElseThrow(() -> new Malformed("a vault cannot hold a file of the name " + path));
    return new Renewal(
        file,
        new RevisionId(connection.random().bytes(RevisionId.LENGTH)),
        Optional.empty(),
        recordPath);
  }

  private static String stripped(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /// A file, or the files of a directory, by path.
  private Map<String, Revision> below(String path) throws NotFound {
    Optional<Revision> file = history.tree().at(path);
    if (file.isPresent()) {
      return Map.of(path, file.get());
    }
    Map<String, Revision> below = history.tree().below(path.endsWith("/") ? path : path + "/");
    if (below.isEmpty()) {
      throw new NotFound("there is nothing at " + path);
    }
    return below;
  }

  private List<Outcome> renew(List<Renewal> renewals, Outcome.Status status) throws CofreException {
    new VaultWriter(history)
        .write(now -> {
          List<Draft> drafts = new ArrayList<>();
          for (Renewal renewal : renewals) {
            if (!now.index().knows(renewal.revision())) {
              drafts.add(draft(now, renewal));
            }
          }
          return drafts;
        });
    return renewals.stream()
        .map(renewal ->
            Outcome.of(
                history.tree().path(renewal.file()).orElse(renewal.path().value()),
                status,
                0,
                history.index().find(renewal.revision()).map(Revision::number).orElse(0)))
        .toList();
  }

  private static Draft draft(VaultHistory now, Renewal renewal) throws CofreException {
    if (renewal.version().isEmpty()) {
      requireFree(now, renewal.path().value(), renewal.file());
    }
    Revision from =
        renewal
            .version()
            .map(now.index()::find)
            .orElseGet(() -> now.index().current(renewal.file()))
            .orElseThrow(() -> new NotFound("somebody else deleted it meanwhile"));
    FileRecord record = from.record();
    return new Draft.Put(
        renewal.file(),
        renewal.revision(),
        now.index().file(renewal.file()).map(FileHead::last),
        from.put().blob(),
        () -> encoded(record, renewal.path()));
  }

  /// Somebody may have come to the path since it was last looked at.
  private static void requireFree(VaultHistory now, String path, FileId file) throws Conflict {
    if (now.tree().at(path).filter(there -> !there.file().equals(file)).isPresent()) {
      throw taken(path);
    }
  }

  private static Conflict taken(String path) {
    return new Conflict(
        "there is a file at " + path + " already", "Move or remove that one first.");
  }

  private static byte[] encoded(FileRecord record, RecordPath path) {
    try (FileRecord moved = FileRecord.of(record.facts().at(path), record.contentKey())) {
      return moved.encode();
    }
  }

  /// Deletes files, and directories with all below them. Versions are kept.
  public List<Outcome> remove(List<String> paths) throws CofreException {
    Map<FileId, String> removed = new LinkedHashMap<>();
    for (String path : paths) {
      below(path).forEach((shown, revision) -> removed.put(revision.file(), shown));
    }
    new VaultWriter(history)
        .write(now -> {
          List<Draft> drafts = new ArrayList<>();
          for (FileId file : removed.keySet()) {
            Optional<FileHead> head = now.index().file(file).filter(h -> !h.deleted());
            head.ifPresent(h -> drafts.add(new Draft.Delete(file, h.last())));
          }
          return drafts;
        });
    return removed.values().stream()
        .map(path -> Outcome.of(path, Outcome.Status.UPDATED, 0, 0))
        .toList();
  }

  /// Makes a version, by default the last one of a deleted file, the current one.
  public Outcome restore(FileId file, Revision version, String path) throws CofreException {
    RecordPath at =
        history.tree().at(path).filter(there -> !there.file().equals(file)).isPresent()
            ? version.record().facts().path()
            : RecordPath.of(path).orElse(version.record().facts().path());
    version.record();
    Renewal renewal =
        new Renewal(
            file,
            new RevisionId(connection.random().bytes(RevisionId.LENGTH)),
            Optional.of(version.id()),
            at);
    return renew(List.of(renewal), Outcome.Status.UPDATED).getFirst();
  }
}
