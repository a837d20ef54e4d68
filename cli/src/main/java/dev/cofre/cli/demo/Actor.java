package dev.cofre.cli.demo;

import dev.cofre.cli.terminal.Keyboard;
import dev.cofre.cli.terminal.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Somebody with a device of their own: a home of its own and a passphrase nobody else has. Runs the real commands.
public final class Actor {
  private final Program program;
  private final InstantSource clock;
  private final Path directory;
  private final Map<String, String> environment;

  /// The command line as a function of its surroundings and words: its exit code.
  @FunctionalInterface
  public interface Program {
    /// Runs one command.
    int run(Shell shell, String... words);
  }

  /// How a command ended and what it wrote.
  public record Answer(int exit, String out, String err) {
    /// The text after `"name":"` in the output's JSON.
    public String field(String name) {
      String start = "\"" + name + "\":\"";
      int from = out.indexOf(start);
      if (from < 0) {
        throw new IllegalStateException("no " + name + " in: " + out);
      }
      return out.substring(from + start.length(), out.indexOf('"', from + start.length()));
    }
  }

  /// A person whose home and files live under `directory`, and who reads a language (`en`, `pt`).
  public Actor(
      Program program, InstantSource clock, Path directory, String passphrase, String language)
      throws IOException {
    this.program = program;
    this.clock = clock;
    this.directory = directory;
    Files.createDirectories(directory);
    Path secret = directory.resolve("passphrase");
    Files.createFile(secret, ownerOnly(secret));
    Files.writeString(secret, passphrase + "\n");
    this.environment =
        Map.of(
            "COFRE_HOME", directory.resolve("home").toString(),
            "COFRE_PASSPHRASE_FILE", secret.toString(),
            "COFRE_LANG", language);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// How this person is called.
  public String name() {
    return String.valueOf(directory.getFileName());
  }

  /// Where this person's files are, and where commands run.
  public Path directory() {
    return directory;
  }

  /// The device's state.
  public Path home() {
    return directory.resolve("home");
  }

  /// Runs `cofre WORDS…`.
  public Answer run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Keyboard.nobody(),
            Set.of(),
            environment,
            directory,
            clock,
            ZoneId.systemDefault(),
            Locale.ENGLISH);
    int exit = program.run(shell, words);
    shell.out().flush();
    shell.err().flush();
    return new Answer(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
