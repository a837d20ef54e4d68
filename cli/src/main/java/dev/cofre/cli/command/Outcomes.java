package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Complaint;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Failures;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lists what became of many files, and turns it into an exit code.
final class Outcomes {
  private static final Set<Exit> PASSING =
      Set.of(Exit.UNREACHABLE, Exit.CONFLICT, Exit.LOCAL_STATE);

  private final Run run;
  private final Optional<String> deed;
  private final Optional<String> goingOn;
  private final List<Outcome> all = new ArrayList<>();

  private Outcomes(Run run, Optional<String> deed, Optional<String> goingOn) {
    this.run = run;
    this.deed = deed;
    this.goingOn = goingOn;
  }

  /// Of files whose bytes went up or down.
  static Outcomes ofTransfers(Run run) {
    return new Outcomes(run, Optional.empty(), Optional.empty());
  }

  /// Of files of which no byte moved; `deed` is what a person is told was done to them, one of the `word.` texts.
  static Outcomes of(Run run, String deed) {
    return new Outcomes(run, Optional.of(deed), Optional.empty());
  }

  /// Where the same command cannot go on with what a trouble that passes has ended: which text says how to, and what about.
  Outcomes goingOnWith(String text, String about) {
    return new Outcomes(run, deed, Optional.of(run.texts().say(text, Visible.of(about))));
  }

  void add(List<Outcome> outcomes) {
    all.addAll(outcomes);
  }

  /// Shows them: what went through on standard output, and each failure on standard error too. What an interrupt did not let
  /// happen is no failure.
  Exit show() {
    boolean interrupted = Thread.currentThread().isInterrupted();
    if (interrupted) {
      all.removeIf(outcome -> outcome.failure().isPresent());
    }
    List<Line> lines = lines();
    run.terminal().results(lines, () -> table(lines));
    if (interrupted) {
      return Exit.INTERRUPTED;
    }
    List<Exit> failed = failed();
    if (failed.isEmpty()) {
      if (deed.isEmpty()) {
        run.terminal().say("outcome.done", all.size(), total());
      }
      return Exit.DONE;
    }
    tellFailures();
    return exit(failed);
  }

  /// What became of them, to be part of another result.
  List<Line> lines() {
    return all.stream().map(outcome -> Line.of(outcome, this)).toList();
  }

  /// Shows only what failed, of a result that was shown otherwise: partly done, unless that was for an integrity that does not hold.
  Exit tell() {
    List<Exit> failed = failed();
    tellFailures();
    if (failed.isEmpty()) {
      return Exit.DONE;
    }
    return failed.contains(Exit.INTEGRITY) ? Exit.INTEGRITY : Exit.PARTLY;
  }

  private void tellFailures() {
    if (!run.terminal().json()) {
      all.forEach(outcome -> outcome.failure().ifPresent(f -> tell(outcome.path(), f)));
    }
  }

  private Table table(List<Line> lines) {
    Table table = deed.isPresent() ? Table.left() : Table.rightAligned(1);
    for (Line line : lines) {
      String status = Words.of(run.texts(), line.status());
      if (deed.isPresent()) {
        boolean done = line.status() == Outcome.Status.UPDATED;
        table.row(done ? run.texts().say("word." + deed.get()) : status, line.path());
      } else {
        table.row(status, run.terminal().figures().size(line.bytes()), line.path());
      }
    }
    return table;
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
    Complaint complaint = complaint(failure);
    run.terminal()
        .complain(
            new Complaint(
                complaint.exit(),
                complaint.code(),
                Visible.of(path) + ": " + complaint.message(),
                complaint.hint()));
  }

  private Complaint complaint(CofreException failure) {
    Complaint complaint = Failures.of(failure, run.texts());
    return goingOn.isPresent() && PASSING.contains(complaint.exit())
        ? new Complaint(complaint.exit(), complaint.code(), complaint.message(), goingOn)
        : complaint;
  }

  /// What became of one file.
  record Line(
      String path, Outcome.Status status, long bytes, int version, Optional<Trouble> error) {
    static Line of(Outcome outcome, Outcomes among) {
      return new Line(
          outcome.path(),
          outcome.status(),
          outcome.bytes(),
          outcome.version(),
          outcome.failure().map(failure -> Trouble.of(among.complaint(failure))));
    }
  }

  /// Why one failed.
  record Trouble(String code, String message, Optional<String> hint) {
    static Trouble of(Complaint complaint) {
      return new Trouble(complaint.code(), complaint.message(), complaint.hint());
    }
  }
}
