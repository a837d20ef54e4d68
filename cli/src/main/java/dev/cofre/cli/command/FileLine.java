package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Table;
import dev.cofre.client.FileEntry;
import dev.cofre.protocol.FileId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A file or directory of a vault in a listing.
record FileLine(
    String path,
    String type,
    long size,
    Optional<Instant> modified,
    int version,
    Optional<FileId> fileId,
    Optional<String> mediaType) {

  static FileLine of(FileEntry entry) {
    return new FileLine(
        entry.path(),
        "file",
        entry.size(),
        Optional.of(entry.modified()),
        entry.version(),
        Optional.of(entry.file()),
        Optional.of(entry.type()));
  }

  /// A directory; its path ends in a slash.
  static FileLine ofDirectory(String path) {
    return new FileLine(
        path, "directory", 0, Optional.empty(), 0, Optional.empty(), Optional.empty());
  }

  static Table table(Run run, List<FileLine> lines, boolean details) {
    Table table = details ? Table.rightAligned(0, 2) : Table.left();
    for (FileLine line : lines) {
      if (details) {
        table.row(
            line.type().equals("directory") ? "-" : run.terminal().figures().size(line.size()),
            line.modified().map(run.terminal().figures()::moment).orElse("-"),
            line.version() == 0 ? "-" : "v" + line.version(),
            line.path());
      } else {
        table.row(line.path());
      }
    }
    return table;
  }
}
