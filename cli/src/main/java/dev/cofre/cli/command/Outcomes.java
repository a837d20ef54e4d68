package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Complaint;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Failures;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists what became of many files, and turns it into an exit code.
final class Outcomes {
  private final Run run;
  private final List<Outcome> all = new ArrayList<>();

  Outcomes(Run run) {
    this.run = run;
  }

  void add(List<Outcome> outcomes) {
    all.addAll(outcomes);
  }

  /// Shows them: what went through on standard output, and each failure on standard error too.
  Exit show() {
    List<Line> lines = all.stream().map(outcome -> Line.of(outcome, run.texts())).toList();
    run.terminal()
        .results(
            lines,
            () -> {
              Table table = Table.rightAligned(1);
              lines.forEach(line ->
                  table.row(
                      Words.of(run.texts(), line.status()),
                      run.terminal().figures().size(line.bytes()),
                      line.path()));
              return table;
            });
    List<Exit> failed = failed();
    if (failed.isEmpty()) {
      run.terminal().say("outcome.done", all.size(), total());
      return Exit.DONE;
    }
    if (!run.terminal().json()) {
      all.forEach(outcome -> outcome.failure().ifPresent(f -> tell(outcome.path(), f)));
    }
    return exit(failed);
  }

  private Exit exit(List<Exit> failed) {
    boolean alike = failed.stream().distinct().count() == 1;
    if (failed.size() == all.size() && alike) {
      return failed.getFirst();
    }
    if (failed.contains(Exit.INTEGRITY)) {
      return Exit.INTEGRITY;
    }
    run.terminal().say("outcome.partly", failed.size(), all.size());
    return Exit.PARTLY;
  }

  private List<Exit> failed() {
    return all.stream().flatMap(o -> o.failure().stream()).map(Failures::exit).toList();
  }

  private String total() {
    return run.terminal().figures().size(all.stream().mapToLong(Outcome::bytes).sum());
  }

  private void tell(String path, CofreException failure) {
    Complaint complaint = Failures.of(failure, run.texts());
    run.terminal()
        .complain(
            new Complaint(
                complaint.exit(),
                complaint.code(),
                Visible.of(path) + ": " + complaint.message(),
                complaint.hint()));
  }

  private record Line(
      String path, Outcome.Status status, long bytes, int version, Optional<Trouble> error) {
    static Line of(Outcome outcome, Texts texts) {
      return new Line(
          outcome.path(),
          outcome.status(),
          outcome.bytes(),
          outcome.version(),
          outcome.failure().map(failure -> Trouble.of(Failures.of(failure, texts))));
    }
  }

  private record Trouble(String code, String message, Optional<String> hint) {
    static Trouble of(Complaint complaint) {
      return new Trouble(complaint.code(), complaint.message(), complaint.hint());
    }
  }
}
