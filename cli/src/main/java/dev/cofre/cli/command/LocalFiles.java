package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Files of the person on this machine.
final class LocalFiles {
  private static final int LARGEST_TEXT = 64 * 1024;

  private LocalFiles() {}

  /// A small text file.
  ///
  /// @throws Halt when it is not there or cannot be read
  static String text(Run run, String typed) {
    Path path = existing(run, typed);
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(LARGEST_TEXT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw run.texts().halt(Exit.LOCAL_STATE, "file-unreadable", Visible.of(typed));
    }
  }

  /// A file, not a folder, that can be read.
  ///
  /// @throws Halt when it is not there, or is none
  static Path readable(Run run, String typed) {
    Path path = existing(run, typed);
    if (Files.isDirectory(path)) {
      throw run.texts().halt(Exit.USAGE, "file-needed", Visible.of(typed));
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw run.texts().halt(Exit.LOCAL_STATE, "file-unreadable", Visible.of(typed));
    }
    return path;
  }

  /// A path that leads to something.
  ///
  /// @throws Halt when it does not
  static Path existing(Run run, String typed) {
    Path path = run.terminal().shell().resolve(typed);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw run.texts().halt(Exit.NOT_FOUND, "file-missing", Visible.of(typed));
    }
    return path;
  }
}
