package dev.cofre.client.transfer;

import dev.cofre.client.replica.UploadJournal;
import dev.cofre.protocol.FileId;
import java.nio.file.Path;
import java.util.Optional;

/// A file of this disk that is to become a version of a file in a vault.
///
/// @param journal what is remembered of its upload, where an interrupted one is to go on later
public record Source(Path path, FileId file, Optional<UploadJournal> journal) {
  /// A source whose upload begins again when it is interrupted.
  public Source(Path path, FileId file) {
    this(path, file, Optional.empty());
  }
}
