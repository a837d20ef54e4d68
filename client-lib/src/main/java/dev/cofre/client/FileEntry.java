package dev.cofre.client;

import dev.cofre.client.format.Category;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Revision;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import java.time.Instant;

/// A file as its current record says. `path` begins with a slash and is unique in the vault: of two files written to one path
/// the later is shown under a conflict name. `version` counts from 1. `modified` is the file's own time.
public record FileEntry(
    String path,
    FileId file,
    RevisionId revision,
    long size,
    Instant modified,
    int version,
    String type,
    Category category) {
  /// A readable revision at the path where it is shown.
  static FileEntry of(String path, Revision revision) {
    FileRecord.Facts facts = revision.facts().orElseThrow();
    return new FileEntry(
        path,
        revision.file(),
        revision.id(),
        facts.size(),
        facts.modified(),
        revision.number(),
        facts.type(),
        facts.category());
  }
}
