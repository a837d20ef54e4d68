package dev.cofre.client.report;

import dev.cofre.client.failure.CofreException;
import java.util.Optional;

/// What became of one file among many. `path` is the vault's path for a put, the local one for a get; `version` is 0 where
/// there is none. `failure` says why a file [Status#FAILED].
public record Outcome(
    String path, Status status, long bytes, int version, Optional<CofreException> failure) {
  /// What became of it.
  public enum Status {
    /// A new file.
    ADDED,
    /// A new version.
    UPDATED,
    /// The vault, or the disk, had just this content already.
    UNCHANGED,
    /// Written to the disk and verified.
    FETCHED,
    /// Not an ordinary file: a symbolic link, a device.
    SKIPPED,
    /// Not done; the others go on.
    FAILED
  }

  /// A file that went through.
  public static Outcome of(String path, Status status, long bytes, int version) {
    return new Outcome(path, status, bytes, version, Optional.empty());
  }

  /// A file that did not.
  public static Outcome failed(String path, CofreException failure) {
    return new Outcome(path, Status.FAILED, 0, 0, Optional.of(failure));
  }
}
