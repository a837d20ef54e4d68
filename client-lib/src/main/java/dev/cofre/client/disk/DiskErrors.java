package dev.cofre.client.disk;

import dev.cofre.client.failure.LocalState;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What an error of a local file means to the person: out of room, or something about the file.
public final class DiskErrors {
  private static final List<String> FULL =
      List.of("no space left", "disk quota", "not enough space", "disk full");
  private static final long HARDLY_ANY = 1 << 20;

  private DiskErrors() {}

  /// The failure of an operation at a place.
  public static LocalState failed(String what, Path where, IOException e) {
    LocalState.Kind kind = isFull(where, e) ? LocalState.Kind.DISK_FULL : LocalState.Kind.FILE;
    return new LocalState(kind, what + ": " + reason(e), e);
  }

  /// Whether an error came from a full disk or a used-up quota. Java passes the system's text on, which is in the system's language: what
  /// is not understood is told by the room that is left. To be asked before anything is deleted.
  public static boolean isFull(Path where, IOException e) {
    String reason = reason(e).toLowerCase(Locale.ROOT);
    boolean ofTheFile =
        e instanceof FileSystemException && e.getClass() != FileSystemException.class;
    return FULL.stream().anyMatch(reason::contains) || (!ofTheFile && hasHardlyAnyRoom(where));
  }

  /// The system's text, or at least what kind of error it was.
  public static String reason(IOException e) {
    String said = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }

  private static boolean hasHardlyAnyRoom(Path where) {
    Path existing = where.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing != null && Files.getFileStore(existing).getUsableSpace() < HARDLY_ANY;
    } catch (IOException _) {
      return false;
    }
  }
}
