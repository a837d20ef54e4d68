package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Starts a server as a process of its own, from the program's directory, and stays until it ends. The launcher does the same
/// without a Java in between.
@Command
final class ServerStart extends Verb {
  private static final int MISUSED = 2;

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Exit run(Run run) throws IOException, InterruptedException {
    Path program = Program.of(run);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dcofre.app=" + program,
            "-cp",
            Program.jars(program).resolve("*").toString(),
            "dev.cofre.server.Main"));
    command.addAll(arguments);
    Process server = new ProcessBuilder(command).inheritIO().start();
    try {
      return switch (server.waitFor()) {
        case 0 -> Exit.DONE;
        case MISUSED -> Exit.USAGE;
        default -> Exit.UNEXPECTED;
      };
    } finally {
      server.destroy();
    }
  }

  @Override
  public Set<Exit> exits() {
    return local(Exit.LOCAL_STATE, Exit.INTERRUPTED);
  }
}
