package dev.cofre.client.files;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.transfer.Batch;
import dev.cofre.client.transfer.Blob;
import dev.cofre.client.transfer.Downloader;
import dev.cofre.client.transfer.LocalNames;
import dev.cofre.protocol.BlobId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Brings files of a vault to this disk. Nothing appears under its name before it is verified, and no other file is ever overwritten.
public final class Gets {
  /// Bytes of the longest blob that is fetched together with others.
  private static final long SMALL = 1 << 20;

  private final VaultHistory history;
  private final Connection connection;
  private final Reports reports;
  private final Queue<Planned> denied = new ConcurrentLinkedQueue<>();

  private record Planned(Revision revision, Path directory, String relative) {
    String shown() {
      return directory.resolve(relative).toString();
    }
  }

  private Gets(VaultHistory history, Connection connection, Reports reports) {
    this.history = history;
    this.connection = connection;
    this.reports = reports;
  }

  /// Gets files and folders. `target` is a directory if it is one, ends in a separator, or there is more than one file.
  public static List<Outcome> get(
      VaultHistory history,
      Connection connection,
      List<String> paths,
      Path target,
      Progress progress)
      throws CofreException {
    Reports reports = new Reports(progress);
    Gets gets = new Gets(history, connection, reports);
    List<Planned> planned = new ArrayList<>();
    for (String path : paths) {
      planned.addAll(gets.plan(path, target, paths.size()));
    }
    gets.fetchAll(planned);
    return reports.all();
  }

  /// Gets one version of a file under a name, or into a directory.
  public static Outcome get(
      VaultHistory history,
      Connection connection,
      Revision revision,
      Path target,
      Progress progress)
      throws CofreException {
    Reports reports = new Reports(progress);
    Gets gets = new Gets(history, connection, reports);
    String name = revision.record().facts().path().name();
    gets.fetchAll(List.of(single(revision, name, target)));
    return reports.all().getFirst();
  }

  private List<Planned> plan(String path, Path target, int sources) throws CofreException {
    Optional<Revision> file = history.tree().at(path);
    if (file.isPresent()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      return List.of(
          sources == 1 ? single(file.get(), name, target) : new Planned(file.get(), target, name));
    }
    String directory = path.endsWith("/") ? path : path + "/";
    Map<String, Revision> below = history.tree().below(directory);
    if (below.isEmpty() && !directory.equals("/")) {
      throw new NotFound("there is nothing at " + path);
    }
    String bare = directory.substring(0, directory.length() - 1);
    int from = path.endsWith("/") ? directory.length() : bare.lastIndexOf('/') + 1;
    List<Planned> planned = new ArrayList<>();
    below.forEach(
        (shown, revision) -> planned.add(new Planned(revision, target, shown.substring(from))));
    return planned;
  }

  private static Planned single(Revision revision, String name, Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    boolean directory =
        Files.isDirectory(absolute)
            || target.toString().isEmpty()
            || target.toString().endsWith("/");
    Path parent = absolute.getParent();
    if (directory || parent == null) {
      return new Planned(revision, absolute, name);
    }
    return new Planned(revision, parent, String.valueOf(absolute.getFileName()));
  }

  private void fetchAll(List<Planned> planned) throws CofreException {
    long bytes =
        planned.stream()
            .mapToLong(p -> p.revision().facts().map(FileRecord.Facts::size).orElse(0L))
            .sum();
    reports.expect(planned.size(), bytes);
    AtOnce.each(inBatches(planned), this::fetchTogether);
    for (Planned each : denied) {
      reports.add(
          Outcome.failed(each.shown(), Denial.explain(history, connection, each.revision())));
    }
  }

  /// Small contents in batches, in the order in which they came to the server, which is likely to be that in which they lie there; each
  /// other one by itself.
  private static List<List<Planned>> inBatches(List<Planned> planned) {
    List<List<Planned>> batches = new ArrayList<>();
    Set<BlobId> wanted = new HashSet<>();
    List<Planned> batch = new ArrayList<>();
    long bytes = 0;
    for (Planned each :
        planned.stream().sorted(Comparator.comparing(p -> p.revision().place())).toList()) {
      long length = each.revision().facts().map(FileRecord.Facts::blobLength).orElse(0L);
      Optional<BlobId> blob = each.revision().put().blob();
      if (length == 0 || length > SMALL || blob.isEmpty() || !wanted.add(blob.get())) {
        batches.add(List.of(each));
        continue;
      }
      if (batch.size() == Batch.MAX_FILES || bytes + length > Batch.MAX_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(each);
      bytes += length;
    }
    batches.add(batch);
    return batches;
  }

  private void fetchTogether(List<Planned> some) {
    if (some.size() == 1) {
      fetch(some.getFirst());
      return;
    }
    Map<Batch.Wanted, Planned> wanted = new LinkedHashMap<>();
    List<Planned> left = new ArrayList<>();
    for (Planned planned : some) {
      wanted(planned).ifPresentOrElse(each -> wanted.put(each, planned), () -> left.add(planned));
    }
    if (!wanted.isEmpty()) {
      Batch batch =
          new Batch(connection.server(), connection.team(), history.vault(), reports::moved);
      var named = batch.fetch(List.copyOf(wanted.keySet()));
      wanted.forEach((each, planned) ->
          Optional.ofNullable(named.get(each))
              .ifPresentOrElse(
                  unsafe -> reports.add(outcome(planned, unsafe)), () -> left.add(planned)));
    }
    left.forEach(this::fetch);
  }

  /// What a batch needs to know of a file; nothing where it has to be looked at by itself.
  private static Optional<Batch.Wanted> wanted(Planned planned) {
    try {
      Revision revision = planned.revision();
      FileRecord.Facts facts = revision.record().facts();
      Files.createDirectories(planned.directory());
      Path local = LocalNames.resolve(planned.directory(), planned.relative());
      return Files.exists(local, LinkOption.NOFOLLOW_LINKS)
          ? Optional.empty()
          : Optional.of(
              new Batch.Wanted(
                  blob(revision),
                  facts.blobLength(),
                  planned.directory(),
                  local,
                  facts.modified()));
    } catch (CofreException | IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static Outcome outcome(Planned planned, Optional<LocalState> unsafe) {
    Revision revision = planned.revision();
    long size = revision.facts().map(FileRecord.Facts::size).orElse(0L);
    return unsafe
        .map(failure -> Outcome.failed(planned.shown(), failure))
        .orElseGet(
            () -> Outcome.of(planned.shown(), Outcome.Status.FETCHED, size, revision.number()));
  }

  private void fetch(Planned planned) {
    Revision revision = planned.revision();
    String shown = planned.shown();
    try {
      FileRecord.Facts facts = revision.record().facts();
      Files.createDirectories(planned.directory());
      Path local = LocalNames.resolve(planned.directory(), planned.relative());
      if (isThere(local, facts)) {
        Downloader.tidyBeside(local);
        reports.add(Outcome.of(shown, Outcome.Status.UNCHANGED, facts.size(), revision.number()));
        return;
      }
      downloader(history, connection, reports)
          .fetch(
              blob(revision),
              planned.directory(),
              local,
              facts.modified(),
              Downloader.Existing.KEEP);
      reports.add(Outcome.of(shown, Outcome.Status.FETCHED, facts.size(), revision.number()));
    } catch (CofreException e) {
      if (Denial.is(e)) {
        denied.add(planned);
      } else {
        reports.add(Outcome.failed(shown, e));
      }
    } catch (IOException e) {
      reports.add(
          Outcome.failed(
              shown, DiskErrors.failed("cannot write " + shown, planned.directory(), e)));
    } catch (RuntimeException e) {
      reports.add(
          Outcome.failed(shown, new LocalState(LocalState.Kind.FILE, "cannot write " + shown, e)));
    }
  }

  private boolean isThere(Path local, FileRecord.Facts facts) throws IOException, LocalState {
    return Files.isRegularFile(local, LinkOption.NOFOLLOW_LINKS)
        && Files.size(local) == facts.size()
        && LocalHash.of(local, reports).equals(facts.contentHash());
  }

  /// Writes one version to a stream. On failure a prefix has been written.
  public static void read(
      VaultHistory history, Connection connection, Revision revision, OutputStream target)
      throws CofreException {
    try {
      downloader(history, connection, new Reports(Progress.NONE)).fetch(blob(revision), target);
    } catch (Refused e) {
      throw Denial.is(e) ? Denial.explain(history, connection, revision) : e;
    }
  }

  static Downloader downloader(VaultHistory history, Connection connection, Reports reports) {
    return new Downloader(connection.server(), connection.team(), history.vault(), reports::moved);
  }

  /// The content of a readable revision. Borrows its key.
  static Blob blob(Revision revision) throws CofreException {
    FileRecord record = revision.record();
    BlobId id = revision.put().blob().orElseThrow(() -> new NotFound("this has no content"));
    return new Blob(
        revision.file(),
        id,
        record.contentKey(),
        record.facts().size(),
        record.facts().contentHash().value());
  }
}
