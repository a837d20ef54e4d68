package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Rereading;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.report.Content;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.VerifyReport;
import dev.cofre.protocol.BlobId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Verifies a vault again from its creation: every signature, right, hash and record as stored, every wrap as the server gives it now, and
/// if asked every byte of every readable version.
public final class Verification {
  private final VaultHistory history;
  private final Connection connection;
  private final Reports reports;
  private final List<VerifyReport.Finding> findings = new ArrayList<>();
  private long contents;
  private long contentBytes;

  private Verification(VaultHistory history, Connection connection, Reports reports) {
    this.history = history;
    this.connection = connection;
    this.reports = reports;
  }

  /// Verifies a history that has been caught up.
  public static VerifyReport of(
      VaultHistory history, Connection connection, Content content, Progress progress)
      throws CofreException {
    Verification verification = new Verification(history, connection, new Reports(progress));
    return verification.run(content);
  }

  private VerifyReport run(Content content) throws CofreException {
    Rereading.Counts counts = Rereading.of(history);
    for (Revision revision : sorted()) {
      switch (revision.state()) {
        case PENDING ->
            find(revision, VerifyReport.Finding.Kind.NOT_YET_READABLE, "not yet readable");
        case WITHHELD ->
            find(
                revision, VerifyReport.Finding.Kind.MISSING, "the server does not give its record");
        case SPOILT ->
            find(revision, VerifyReport.Finding.Kind.WRONG, "its record is not what was signed");
        case READABLE, PURGED -> {}
      }
    }
    for (Revision revision : counts.unwrappable()) {
      find(revision, VerifyReport.Finding.Kind.MISSING, "the server holds no wrap that opens it");
    }
    if (content == Content.EVERY_BYTE) {
      verifyContents();
    }
    return new VerifyReport(
        history.vault(),
        history.team().state().head(),
        history.index().head(),
        history.team().log().entries().size(),
        counts.commits(),
        counts.revisions(),
        counts.records(),
        contents,
        contentBytes,
        findings);
  }

  private List<Revision> sorted() {
    return history.index().revisions().stream()
        .sorted(Comparator.comparing(Revision::place))
        .toList();
  }

  private void verifyContents() throws CofreException {
    Set<BlobId> seen = new HashSet<>();
    List<Revision> readable =
        sorted().stream()
            .filter(revision -> revision.facts().isPresent())
            .filter(revision -> revision.put().blob().map(seen::add).orElse(false))
            .toList();
    reports.expect(
        readable.size(),
        readable.stream().mapToLong(r -> r.facts().map(FileRecord.Facts::size).orElse(0L)).sum());
    for (Revision revision : readable) {
      long size = revision.facts().map(FileRecord.Facts::size).orElse(0L);
      try {
        Gets.downloader(history, connection, reports).verify(Gets.blob(revision));
        contents++;
        contentBytes += size;
      } catch (Tampered | Malformed e) {
        find(revision, VerifyReport.Finding.Kind.WRONG, message(e));
      } catch (Refused e) {
        find(
            revision,
            VerifyReport.Finding.Kind.MISSING,
            Denial.is(e) ? "the server says that it does not have its content" : message(e));
      } catch (Unreachable e) {
        throw e;
      }
    }
  }

  private static String message(CofreException e) {
    return String.valueOf(e.getMessage());
  }

  private void find(Revision revision, VerifyReport.Finding.Kind kind, String what) {
    String where =
        revision.facts().map(facts -> facts.path().value()).orElseGet(() -> revision.file().hex());
    findings.add(
        new VerifyReport.Finding(where + " (version " + revision.number() + ")", kind, what));
  }
}
