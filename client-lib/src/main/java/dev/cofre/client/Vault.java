package dev.cofre.client;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A vault, as far as this device has verified its history. Reading calls show what [#refresh] last verified, writing calls
/// refresh by themselves. Paths begin with a slash; directories exist as far as files lie in them.
public final class Vault {
  Vault() {}

  /// The vault's id.
  public VaultId id() {
    return Unfinished.yet();
  }

  /// The vault's name; before it can be read, the beginning of the id.
  public String name() {
    return Unfinished.yet();
  }

  /// This member's role, absent once it has ended.
  public Optional<VaultRole> role() {
    return Unfinished.yet();
  }

  /// The last verified commit.
  public Head head() {
    return Unfinished.yet();
  }

  /// Catches up with team log and vault, verifies, stores. Where this member may write, wraps what others still lack.
  public void refresh() throws CofreException {
    Unfinished.yet();
  }

  /// The files of a directory, by path.
  public List<FileEntry> list(String directory, Recursion recursion) throws CofreException {
    return Unfinished.yet();
  }

  /// The files whose path, or name where the pattern has no slash, matches a glob (`*`, `**`, `?`, `[…]`, `{…}`).
  public List<FileEntry> find(String glob) throws CofreException {
    return Unfinished.yet();
  }

  /// The files whose current version cannot be shown, or not yet.
  public List<UnreadableFile> unreadable() {
    return Unfinished.yet();
  }

  /// Brings files and folders into a directory (or, where `target` does not end in a slash and there is one file, to that
  /// path). Resumes what was interrupted. A path that exists gets a new version, unless the content is the same.
  public List<Outcome> put(List<Path> sources, String target, Progress progress)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Brings files and folders to the disk; none appears under its name before it is verified. `target` is a directory, or the
  /// name for a single file.
  public List<Outcome> get(List<String> paths, Path target, Progress progress)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Brings one version of one file to the disk.
  public Outcome get(String path, int version, Path target, Progress progress)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Writes one file, the current version or another, to a stream. On failure a prefix has been written.
  public void read(String path, Optional<Integer> version, OutputStream target)
      throws CofreException {
    Unfinished.yet();
  }

  /// Renames a file, or a directory with everything below it. No content moves.
  public List<Outcome> move(String from, String to) throws CofreException {
    return Unfinished.yet();
  }

  /// Deletes files, and directories with everything below them. Their versions are kept.
  public List<Outcome> remove(List<String> paths) throws CofreException {
    return Unfinished.yet();
  }

  /// Brings a deleted file back, or makes an older version the current one.
  public Outcome restore(String path, Optional<Integer> version) throws CofreException {
    return Unfinished.yet();
  }

  /// All versions of a file, oldest first; of a deleted one too.
  public List<Version> history(String path) throws CofreException {
    return Unfinished.yet();
  }

  /// The commits after a place.
  public List<CommitLine> log(long after) throws CofreException {
    return Unfinished.yet();
  }

  /// Verifies everything stored and received again, from the vault's creation.
  public VerifyReport verify(Content content, Progress progress) throws CofreException {
    return Unfinished.yet();
  }

  /// Who is in the vault, by name.
  public List<VaultMember> members() throws CofreException {
    return Unfinished.yet();
  }

  /// Gives a member a role, or changes it, and wraps for them what there is.
  public void grant(MemberId member, VaultRole role, Optional<Instant> until)
      throws CofreException {
    Unfinished.yet();
  }

  /// Ends a member's role.
  ///
  /// @throws dev.cofre.client.failure.Stopped when the vault would be left without a manager, and `abandon` does not allow it
  public RemovalReport revoke(
      MemberId member, Reencrypt reencrypt, Abandon abandon, Progress progress)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Seals contents again under fresh keys. Interrupted, it goes on where it was.
  ///
  /// @return how many versions are now under fresh keys, counting those of an interrupted run
  public long reencrypt(Reencrypt what, Progress progress) throws CofreException {
    return Unfinished.yet();
  }

  /// Whether a vault may be left without a manager.
  public enum Abandon {
    /// No.
    NEVER,
    /// Yes, that was understood.
    ACKNOWLEDGED
  }
}
