package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the built program lies, as the launcher says.
final class Program {
  private Program() {}

  /// The directory that holds `server/target/app/lib`.
  ///
  /// @throws dev.cofre.cli.terminal.Halt when the server's program is not there
  static Path of(Run run) {
    String root = System.getProperty("cofre.app");
    if (root == null || !Files.isDirectory(jars(Path.of(root)))) {
      throw run.texts().halt(Exit.LOCAL_STATE, "no-program");
    }
    return Path.of(root);
  }

  /// The server's jars.
  static Path jars(Path program) {
    return program.resolve(Path.of("server", "target", "app", "lib"));
  }
}
