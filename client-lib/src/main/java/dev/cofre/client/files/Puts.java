package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.format.Category;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Draft;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultWriter;
import dev.cofre.client.remote.Underway;
import dev.cofre.client.replica.Stored.UploadFact;
import dev.cofre.client.replica.UploadJournal;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.transfer.Source;
import dev.cofre.client.transfer.Uploaded;
import dev.cofre.client.transfer.Uploader;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.vault.FileHead;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings local files into a vault: bytes first, then signed commits that refer to them. Files go in groups, each committed as soon as its
/// bytes are there; what an interrupted run has committed, the next one finds unchanged.
public final class Puts {
  private static final int ATTEMPTS = 12;
  private static final int GROUP_FILES = 2000;
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final long GROUP_BYTES = 256L << 20;

  private final VaultHistory history;
  private final Connection connection;
  private final Reports reports;

  /// A file whose content is on the server and not committed yet.
  private record Waiting(
      LocalFiles.Planned planned,
      FileId file,
      RevisionId revision,
      FileRecord record,
      Uploaded content,
      Offer offer,
      Optional<UploadJournal> journal)
      implements AutoCloseable {
    @Override
    public void close() {
      record.close();
      content.close();
    }
  }

  /// Files whose contents come to the server; what has come is in `waiting` once that is over.
  private record Group(
      List<LocalFiles.Planned> files, List<Waiting> waiting, Underway<List<Waiting>> bringing)
      implements AutoCloseable {
    @Override
    public void close() {
      bringing.close();
      waiting.forEach(Waiting::close);
    }
  }

  private Puts(VaultHistory history, Connection connection, Reports reports) {
    this.history = history;
    this.connection = connection;
    this.reports = reports;
  }

  /// Puts files and folders. `target` is a directory when it ends in a slash or there is more than one source. The history has been
  /// caught up.
  public static List<Outcome> put(
      VaultHistory history,
      Connection connection,
      List<Path> sources,
      String target,
      Progress progress)
      throws CofreException {
    Reports reports = new Reports(progress);
    boolean single = sources.size() == 1 && !history.tree().isDirectory(target);
    String into = single || target.endsWith("/") ? target : target + "/";
    LocalFiles local = new LocalFiles(reports::add);
    for (Path source : sources) {
      local.add(source, into);
    }
    Puts puts = new Puts(history, connection, reports);
    puts.put(local.planned());
    return reports.all();
  }

  /// While a group is committed, the bytes of the next one are on their way.
  private void put(List<LocalFiles.Planned> all) throws CofreException {
    history.store().forgetUploads(connection.clock().instant().minus(REMEMBERED));
    reports.expect(all.size(), all.stream().mapToLong(LocalFiles.Planned::size).sum());
    Iterator<LocalFiles.Planned> rest = all.iterator();
    Group group = bring(List.of());
    try {
      while (rest.hasNext() || !group.files().isEmpty()) {
        List<LocalFiles.Planned> files = nextGroup(rest, group);
        group.bringing().await();
        Group next = bring(files);
        try (Group done = group) {
          group = next;
          bringAgain(commit(done.waiting()));
        }
      }
    } finally {
      group.close();
    }
  }

  /// The next files whose content the vault does not have: as many as a group may have, or as are found until another group can be committed.
  private List<LocalFiles.Planned> nextGroup(Iterator<LocalFiles.Planned> rest, Group other) {
    List<LocalFiles.Planned> group = new ArrayList<>();
    long bytes = 0;
    while (rest.hasNext() && group.size() < GROUP_FILES && bytes < GROUP_BYTES) {
      if (!other.files().isEmpty() && other.bringing().isOver()) {
        break;
      }
      LocalFiles.Planned planned = rest.next();
      if (!isUnchanged(planned)) {
        group.add(planned);
        bytes += planned.size();
      }
    }
    return group;
  }

  /// Reports a file whose content the vault has at its path already.
  private boolean isUnchanged(LocalFiles.Planned planned) {
    Optional<Revision> there = history.tree().at(planned.path().value());
    Optional<FileRecord.Facts> facts = there.flatMap(Revision::facts);
    if (facts.isEmpty() || facts.get().size() != planned.size()) {
      return false;
    }
    try {
      if (!LocalHash.of(planned.local(), reports).equals(facts.get().contentHash())) {
        return false;
      }
    } catch (LocalState unreadable) {
      reports.add(Outcome.failed(planned.path().value(), unreadable));
      return true;
    }
    reports.add(
        Outcome.of(
            planned.path().value(),
            Outcome.Status.UNCHANGED,
            planned.size(),
            there.map(Revision::number).orElse(0)));
    return true;
  }

  /// Files that have to be brought again, because somebody has lost the right to read them meanwhile.
  private void bringAgain(List<LocalFiles.Planned> files) throws CofreException {
    List<LocalFiles.Planned> left = files;
    for (int i = 1; !left.isEmpty(); i++) {
      if (i == ATTEMPTS) {
        throw Conflict.overtaken("the vault");
      }
      try (Group group = bring(left)) {
        group.bringing().await();
        left = commit(group.waiting());
      }
    }
  }

  /// Begins to bring the contents of files.
  private Group bring(List<LocalFiles.Planned> files) throws CofreException {
    Map<FileId, LocalFiles.Planned> byFile = new HashMap<>();
    List<Source> sources = new ArrayList<>();
    for (LocalFiles.Planned planned : files) {
      Source source = source(planned);
      byFile.put(source.file(), planned);
      sources.add(source);
    }
    Uploader uploader =
        new Uploader(
            connection.server(),
            connection.team(),
            history.vault(),
            connection.random(),
            reports::moved);
    List<Waiting> waiting = new ArrayList<>();
    return new Group(
        files,
        waiting,
        new Underway<>(() -> {
          uploader.upload(sources, result -> take(result, byFile, waiting));
          return waiting;
        }));
  }

  /// A file of the vault or a new one. Where the upload of a large one was interrupted, the same as then.
  private Source source(LocalFiles.Planned planned) throws CofreException {
    Optional<FileId> there = history.tree().at(planned.path().value()).map(Revision::file);
    if (!Uploader.travelsAlone(planned.size())) {
      return new Source(planned.local(), there.orElseGet(this::newFile));
    }
    UploadJournal journal = history.store().upload(planned.local(), planned.path().value());
    if (!new Offer(Optional.of(journal)).stands(history)) {
      journal.discard();
    }
    FileId file =
        there.or(() -> journal.begun().map(UploadFact.Begun::file)).orElseGet(this::newFile);
    return new Source(planned.local(), file, Optional.of(journal));
  }

  private FileId newFile() {
    return new FileId(connection.random().bytes(FileId.LENGTH));
  }

  private void take(
      Uploader.Result result, Map<FileId, LocalFiles.Planned> byFile, List<Waiting> waiting) {
    switch (result) {
      case Uploader.Result.Failed(Source source, LocalState failure) ->
          reports.add(Outcome.failed(pathOf(byFile, source.file()), failure));
      case Uploader.Result.Stored(Source source, Uploaded content) -> {
        LocalFiles.Planned planned = byFile.get(source.file());
        if (planned != null) {
          waiting.add(
              new Waiting(
                  planned,
                  source.file(),
                  new RevisionId(connection.random().bytes(RevisionId.LENGTH)),
                  record(planned.path(), content),
                  content,
                  new Offer(source.journal()),
                  source.journal()));
        }
      }
    }
  }

  private static String pathOf(Map<FileId, LocalFiles.Planned> byFile, FileId file) {
    return Optional.ofNullable(byFile.get(file)).map(p -> p.path().value()).orElse("");
  }

  private static FileRecord record(RecordPath path, Uploaded content) {
    String type =
        Optional.ofNullable(URLConnection.guessContentTypeFromName(path.name())).orElse("");
    Instant modified = content.modified().toEpochMilli() < 0 ? Instant.EPOCH : content.modified();
    return FileRecord.of(
        new FileRecord.Facts(
            path,
            content.length(),
            modified,
            type,
            Category.GENERAL,
            new Hash(content.hash()),
            List.of(),
            content.sealedLength()),
        content.contentKey());
  }

  private List<LocalFiles.Planned> commit(List<Waiting> waiting) throws CofreException {
    if (waiting.isEmpty()) {
      return List.of();
    }
    new VaultWriter(history).write(now -> drafts(now, waiting));
    List<LocalFiles.Planned> left = new ArrayList<>();
    for (Waiting each : waiting) {
      if (history.index().knows(each.revision())) {
        committed(each);
      } else {
        left.add(each.planned());
      }
    }
    return left;
  }

  /// What is left to commit; nothing once one of the contents has to be sealed again.
  private static List<Draft> drafts(VaultHistory now, List<Waiting> waiting) throws CofreException {
    List<Waiting> left =
        waiting.stream().filter(each -> !now.index().knows(each.revision())).toList();
    if (!left.stream().allMatch(each -> each.offer().stands(now))) {
      return List.of();
    }
    for (Waiting each : left) {
      each.offer().make(now);
    }
    return left.stream().map(each -> draft(now, each)).toList();
  }

  private void committed(Waiting each) throws CofreException {
    int version = history.index().find(each.revision()).map(Revision::number).orElse(0);
    reports.add(
        Outcome.of(
            history.tree().path(each.file()).orElse(each.planned().path().value()),
            version > 1 ? Outcome.Status.UPDATED : Outcome.Status.ADDED,
            each.content().length(),
            version));
    if (each.journal().isPresent()) {
      each.journal().get().discard();
    }
  }

  /// A new version upon whatever the file's last one is by now.
  private static Draft draft(VaultHistory now, Waiting each) {
    return new Draft.Put(
        each.file(),
        each.revision(),
        now.index().file(each.file()).map(FileHead::last),
        Optional.of(each.content().blob()),
        each.record()::encode);
  }
}
