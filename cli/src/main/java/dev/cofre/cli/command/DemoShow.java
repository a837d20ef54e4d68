package dev.cofre.cli.command;

import dev.cofre.cli.demo.Demo;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.failure.CofreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs the whole main job on this machine, on a real file.
@Command
final class DemoShow extends Verb {
  @Parameters(arity = "0..1", paramLabel = "FILE")
  private @Nullable String named;

  @Option(names = "--keep")
  private boolean keep;

  @Override
  public Exit run(Run run) throws IOException, CofreException, InterruptedException {
    Optional<Path> given = Optional.ofNullable(named).map(typed -> LocalFiles.readable(run, typed));
    Path application = Program.of(run);
    Path directory = Files.createTempDirectory("cofre-demo");
    Demo demo =
        new Demo(
            (shell, words) -> new Invocation(List.of(words), shell).run().code(),
            run.terminal().shell().clock(),
            application,
            directory,
            line -> show(run, line),
            run.texts());
    boolean kept = keep;
    try {
      demo.run(given.isPresent() ? given.get() : demo.sample());
      if (kept) {
        run.terminal().say("demo.kept", directory);
      }
      return Exit.DONE;
    } catch (Demo.Failed failed) {
      kept = true;
      throw run.texts()
          .halt(Exit.UNEXPECTED, "demo-failed", String.valueOf(failed.getMessage()), directory);
    } finally {
      if (!kept) {
        delete(directory);
      }
    }
  }

  private static void show(Run run, String line) {
    run.terminal().out().println(line);
    run.terminal().out().flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public Set<Exit> exits() {
    return local(Exit.NOT_FOUND, Exit.LOCAL_STATE, Exit.INTERRUPTED);
  }
}
