package dev.cofre.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/// Where a bug leaves its trace: one file a crash in `COFRE_HOME/log`, for the person's eyes only. It holds types and places
/// in the code, never a message, an argument or an environment variable, because those may quote names or secrets.
public final class CrashLog {
  private CrashLog() {}

  /// Writes the trace; empty when even that fails.
  public static Optional<Path> write(Path home, Instant moment, Throwable bug) {
    try {
      Path directory = home.resolve("log");
      Files.createDirectories(directory, only(home, "rwx------"));
      Path file = directory.resolve("crash-" + moment.toEpochMilli() + ".txt");
      Files.createFile(file, only(home, "rw-------"));
      Files.writeString(file, text(moment, bug));
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static FileAttribute<?>[] only(Path home, String permissions) {
    return home.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String text(Instant moment, Throwable bug) {
    StringBuilder text = new StringBuilder();
    text.append("moment ").append(moment).append('\n');
    text.append("java ").append(Runtime.version()).append('\n');
    text.append("system ").append(System.getProperty("os.name")).append('\n');
    int depth = 0;
    for (Throwable at = bug; at != null && depth < 8; at = at.getCause(), depth++) {
      text.append(depth == 0 ? "" : "caused by ").append(at.getClass().getName()).append('\n');
      for (StackTraceElement element : at.getStackTrace()) {
        text.append("  at ").append(element).append('\n');
      }
    }
    return text.toString();
  }
}
