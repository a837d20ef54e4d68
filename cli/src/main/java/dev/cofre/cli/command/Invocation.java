package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Complaint;
import dev.cofre.cli.terminal.CrashLog;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Failures;
import dev.cofre.cli.terminal.Halt;
import dev.cofre.cli.terminal.Home;
import dev.cofre.cli.terminal.Language;
import dev.cofre.cli.terminal.Shell;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Surroundings;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// One command line from its words to its exit code.
public final class Invocation {
  private static final Set<String> WITH_VALUE = Set.of("--lang", "--passphrase-file");

  private final List<String> words;
  private final Shell shell;
  private final Surroundings surroundings;
  private Texts texts;

  /// What was typed after `cofre`, and where.
  public Invocation(List<String> words, Shell shell) {
    this(words, shell, new Surroundings(shell.clock(), RandomSource.system()));
  }

  /// With another way to the server.
  public Invocation(List<String> words, Shell shell, Surroundings surroundings) {
    this.words =
        words.isEmpty() || !words.getFirst().equals("help") ? List.copyOf(words) : asOption(words);
    this.shell = shell;
    this.surroundings = surroundings;
    this.texts = Texts.in(Language.choose(value("--lang"), shell.environment(), shell.locale()));
  }

  /// Does it, and says what happened. An interrupt of the thread ends it, whatever it makes of that.
  public Exit run() {
    Exit exit;
    try {
      exit = parseAndRun();
    } catch (Halt e) {
      exit = interrupted() ? Exit.INTERRUPTED : complain(e.complaint());
    } catch (InterruptedException e) {
      exit = Exit.INTERRUPTED;
    } catch (CofreException e) {
      exit = interrupted() ? Exit.INTERRUPTED : complain(Failures.of(e, texts));
    } catch (IOException e) {
      exit =
          interrupted()
              ? Exit.INTERRUPTED
              : complain(texts.complaint(Exit.LOCAL_STATE, "local-io", Visible.of(described(e))));
    } catch (InvalidPathException e) {
      exit = complain(texts.complaint(Exit.LOCAL_STATE, "file-name", Visible.of(e.getInput())));
    } catch (RuntimeException | Error e) {
      exit = interrupted() ? Exit.INTERRUPTED : bug(e);
    }
    shell.out().flush();
    if (shell.out().checkError() && exit == Exit.DONE) {
      exit = complain(texts.complaint(Exit.LOCAL_STATE, "output"));
    }
    shell.err().flush();
    return exit;
  }

  /// Of many failures Java gives only the file's name, so their kind is said with it.
  private static String described(IOException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private Exit parseAndRun() throws CofreException, IOException, InterruptedException {
    if (words.equals(List.of("--version"))) {
      return version(); // Without learning every command first.
    }
    Common common = new Common();
    CommandSpec spec = parse(common);
    if (common.version() && spec.parent() == null) {
      return version();
    }
    common.language().ifPresent(this::speak);
    boolean group = spec.parent() == null || spec.userObject() instanceof Group;
    if (common.help() || group) {
      PrintStream where = common.help() ? shell.out() : shell.err();
      new HelpPage(texts, spec).lines().forEach(where::println);
      return common.help() ? Exit.DONE : Exit.USAGE;
    }
    Terminal terminal = new Terminal(shell, texts, common.manner());
    Verb verb = (Verb) spec.userObject();
    Surroundings limited = surroundings.limited(verb.limits(terminal));
    try (Run run = new Run(terminal, home(), limited)) {
      return verb.run(run);
    }
  }

  private Exit version() {
    shell.out().println("cofre " + Release.version());
    return Exit.DONE;
  }

  private void speak(String tag) {
    Language language =
        Language.of(tag).orElseThrow(() -> texts.halt(Exit.USAGE, "language", Visible.of(tag)));
    texts = Texts.in(language);
  }

  /// `help put` is `put --help`.
  private static List<String> asOption(List<String> words) {
    List<String> asked = new ArrayList<>(words.subList(1, words.size()));
    asked.add("--help");
    return List.copyOf(asked);
  }

  /// The command that the words lead to, its fields filled.
  private CommandSpec parse(Common common) {
    CommandLine parser = Verbs.parser(common, verb());
    try {
      ParseResult result = parser.parseArgs(words.toArray(String[]::new));
      while (result.hasSubcommand()) {
        result = result.subcommand();
      }
      return result.commandSpec();
    } catch (ParameterException e) {
      throw new Halt(misuse(e));
    }
  }

  private Complaint misuse(ParameterException mistake) {
    String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    return switch (mistake) {
      case MissingParameterException missing ->
          texts.complaint(
              Exit.USAGE,
              "usage-missing",
              command,
              missing.getMissing().stream()
                  .map(Invocation::name)
                  .collect(Collectors.joining(", ")));
      case UnmatchedArgumentException unmatched ->
          texts.complaint(
              Exit.USAGE,
              "usage-unknown",
              command,
              Visible.of(unmatched.getUnmatched().getFirst()));
      case OverwrittenOptionException twice ->
          texts.complaint(Exit.USAGE, "usage-twice", command, name(twice.getOverwritten()));
      default ->
          texts.complaint(
              Exit.USAGE,
              "usage-wrong",
              command,
              Visible.of(Objects.requireNonNullElse(mistake.getMessage(), "")));
    };
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? HelpPage.typed(option) : argument.paramLabel();
  }

  private Exit bug(Throwable bug) {
    Optional<Path> log = CrashLog.write(home(), shell.clock().instant(), bug);
    String where = log.map(path -> Visible.of(path.toString())).orElse("-");
    return complain(
        texts.complaint(Exit.UNEXPECTED, "unexpected", bug.getClass().getSimpleName(), where));
  }

  private Exit complain(Complaint complaint) {
    Terminal.Manner manner =
        new Terminal.Manner(words.contains("--json"), false, false, Optional.empty());
    new Terminal(shell, texts, manner).complain(complaint);
    return complaint.exit();
  }

  private Path home() {
    return Home.locate(shell.environment(), shell.directory(), System.getProperty("os.name"));
  }

  /// The first word that is not an option or the value of one.
  private Optional<String> verb() {
    for (int i = 0; i < words.size(); i++) {
      if (WITH_VALUE.contains(words.get(i))) {
        i++;
      } else if (!words.get(i).startsWith("-")) {
        return Optional.of(words.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<String> value(String option) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(option) && i + 1 < words.size()) {
        return Optional.of(words.get(i + 1));
      }
      if (words.get(i).startsWith(option + "=")) {
        return Optional.of(words.get(i).substring(option.length() + 1));
      }
    }
    return Optional.empty();
  }
}
