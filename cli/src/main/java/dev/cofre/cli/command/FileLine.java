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
    boolean directory = entry.path().endsWith("/");
    return new FileLine(
        entry.path(),
        directory ? "directory" : "file",
        entry.size(),
        directory ? Optional.empty() : Optional.of(entry.modified()),
        entry.version(),
        directory ? Optional.empty() : Optional.of(entry.file()),
        directory ? Optional.empty() : Optional.of(entry.type()));
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
