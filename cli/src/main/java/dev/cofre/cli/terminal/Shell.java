package dev.cofre.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What surrounds one run of a command: streams, environment, working directory, clock and the person. Commands take
/// nothing from the process itself, so tests and the demo run them in one process.
public record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Keyboard keyboard,
    Set<Stream> terminals,
    Map<String, String> environment,
    Path directory,
    InstantSource clock,
    ZoneId zone,
    Locale locale) {

  /// The standard streams.
  public enum Stream {
    /// Standard input.
    IN(0),
    /// Standard output.
    OUT(1),
    /// Standard error.
    ERR(2);

    private final int descriptor;

    Stream(int descriptor) {
      this.descriptor = descriptor;
    }
  }

  public Shell {
    terminals = Set.copyOf(terminals);
    environment = Map.copyOf(environment);
  }

  /// Whether a stream leads to a terminal.
  public boolean isTerminal(Stream stream) {
    return terminals.contains(stream);
  }

  /// A path that a person typed, taken from the working directory.
  public Path resolve(String typed) {
    return directory.resolve(typed).normalize();
  }

  /// Columns of the terminal, from `COLUMNS`; 80 when it does not say.
  public int columns() {
    try {
      return Math.clamp(Integer.parseInt(environment.getOrDefault("COLUMNS", "80")), 40, 400);
    } catch (NumberFormatException e) {
      return 80;
    }
  }

  /// The process's own surroundings. Which streams are terminals comes from the system property `cofre.tty` (the
  /// descriptors' digits, such as `02`), else from the operating system.
  public static Shell ofProcess(InstantSource clock) {
    Set<Stream> terminals = terminalsOfProcess();
    return new Shell(
        System.in,
        stream(FileDescriptor.out, false),
        stream(FileDescriptor.err, true),
        keyboard(terminals),
        terminals,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        clock,
        ZoneId.systemDefault(),
        Locale.getDefault());
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean flush) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13),
        flush,
        StandardCharsets.UTF_8);
  }

  private static Keyboard keyboard(Set<Stream> terminals) {
    if (terminals.isEmpty()) {
      return Keyboard.nobody();
    }
    Path tty = Path.of("/dev/tty");
    Keyboard redirected = Files.isReadable(tty) ? new TtyKeyboard(tty) : Keyboard.nobody();
    return new InterruptibleKeyboard(
        console().<Keyboard>map(ConsoleKeyboard::new).orElse(redirected));
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static Set<Stream> terminalsOfProcess() {
    Set<Stream> terminals = EnumSet.noneOf(Stream.class);
    String told = System.getProperty("cofre.tty");
    for (Stream stream : Stream.values()) {
      boolean is =
          told == null
              ? leadsToTerminal(stream.descriptor)
              : told.indexOf('0' + stream.descriptor) >= 0;
      if (is) {
        terminals.add(stream);
      }
    }
    return terminals;
  }

  private static boolean leadsToTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return console().isPresent();
    }
  }
}
