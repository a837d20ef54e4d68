package dev.cofre.cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a command speaks through: results on standard output, as text or JSON; messages, warnings, progress and questions
/// on standard error.
public final class Terminal {
  /// How a person wants to be spoken to.
  ///
  /// @param json results as JSON
  /// @param quiet no messages and no progress
  /// @param yes questions are answered already
  /// @param passphraseFile where the passphrase is
  public record Manner(boolean json, boolean quiet, boolean yes, Optional<String> passphraseFile) {}

  private final Shell shell;
  private final Texts texts;
  private final Manner manner;

  /// A terminal in a shell, in a language.
  public Terminal(Shell shell, Texts texts, Manner manner) {
    this.shell = shell;
    this.texts = texts;
    this.manner = manner;
  }

  /// The surroundings.
  public Shell shell() {
    return shell;
  }

  /// The sentences.
  public Texts texts() {
    return texts;
  }

  /// Numbers and times as this person reads them.
  public Figures figures() {
    return new Figures(texts.language(), shell.zone());
  }

  /// The passphrase's sources.
  public Secrecy secrecy() {
    return new Secrecy(this, manner.passphraseFile());
  }

  /// Standard output, for bytes.
  public PrintStream out() {
    return shell.out();
  }

  /// Whether results are to be JSON.
  public boolean json() {
    return manner.json();
  }

  /// A result: the record as a line of JSON, or the lines for a person.
  public void result(Record value, Supplier<List<String>> lines) {
    if (manner.json()) {
      shell.out().println(Json.of(value));
    } else {
      lines.get().forEach(shell.out()::println);
    }
  }

  /// A result that a person reads in one line, made safe here.
  public void result(Record value, String line) {
    result(value, () -> List.of(Visible.of(line)));
  }

  /// Results in a table, or a line of JSON each.
  public void results(List<? extends Record> values, Supplier<Table> table) {
    if (manner.json()) {
      values.forEach(value -> shell.out().println(Json.of(value)));
    } else {
      table.get().lines().forEach(shell.out()::println);
    }
  }

  /// A message, unless the person asked for quiet.
  public void say(String key, Object... values) {
    if (!manner.quiet()) {
      err().println(texts.say(key, visible(values)));
    }
  }

  /// A warning; not silenced.
  public void warn(String key, Object... values) {
    err()
        .println(paint(Paint.YELLOW, texts.say("warning")) + " " + texts.say(key, visible(values)));
  }

  /// A complaint, as text or as JSON.
  public void complain(Complaint complaint) {
    if (manner.json()) {
      err().println(Json.of(new ErrorLine(ErrorFields.of(complaint))));
      return;
    }
    err().println(paint(Paint.RED, "cofre:") + " " + complaint.message());
    complaint.hint().ifPresent(hint -> err().println("  " + hint));
  }

  /// Asks before something that cannot be taken back.
  ///
  /// @throws Halt when the person says no, or nobody is there to ask and `--yes` was not given
  public void confirm(String key, Object... values) {
    if (manner.yes()) {
      return;
    }
    String question = texts.say(key, visible(values)) + " " + texts.say("prompt.yes-no") + " ";
    shell.out().flush();
    String answer =
        shell
            .keyboard()
            .line(question)
            .orElseThrow(() -> texts.halt(Exit.USAGE, "needs-yes"))
            .strip();
    if (!texts
        .say("prompt.yes")
        .contains("|" + answer.toLowerCase(texts.language().figures()) + "|")) {
      throw texts.halt(Exit.STOPPED, "declined");
    }
  }

  /// A progress bar, drawn only on a terminal and unless the person asked for quiet.
  public ProgressBar progress() {
    boolean shown = shell.isTerminal(Shell.Stream.ERR) && !manner.quiet() && !manner.json();
    return new ProgressBar(shell, texts, shown);
  }

  /// Standard error, after all that was said on standard output: on a terminal a person reads both in one order.
  private PrintStream err() {
    shell.out().flush();
    return shell.err();
  }

  private String paint(Paint paint, String text) {
    return paint.on(text, shell, Shell.Stream.ERR);
  }

  private static Object[] visible(Object... values) {
    Object[] shown = values.clone();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = shown[i] instanceof String text ? Visible.of(text) : shown[i];
    }
    return shown;
  }

  private record ErrorLine(ErrorFields error) {}

  private record ErrorFields(String code, String message, Optional<String> hint) {
    static ErrorFields of(Complaint complaint) {
      return new ErrorFields(complaint.code(), complaint.message(), complaint.hint());
    }
  }
}
