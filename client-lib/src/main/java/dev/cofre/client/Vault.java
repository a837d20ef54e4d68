package dev.cofre.client;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.files.Edits;
import dev.cofre.client.files.Gets;
import dev.cofre.client.files.PlainExport;
import dev.cofre.client.files.Puts;
import dev.cofre.client.files.Reencryption;
import dev.cofre.client.files.SealedExport;
import dev.cofre.client.files.Verification;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultIndex;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.report.Change;
import dev.cofre.client.report.Content;
import dev.cofre.client.report.ExportReport;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.client.report.VerifyReport;
import dev.cofre.client.sharing.Endings;
import dev.cofre.client.sharing.Grants;
import dev.cofre.client.sharing.Upkeep;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.TeamState;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A vault, as far as this device has verified its history. Reading calls show what [#refresh] last verified, writing calls
/// refresh by themselves. Paths begin with a slash; directories exist as far as files lie in them.
public final class Vault {
  private static final int SHORT_ID = 8;

  private final Workspace workspace;
  private final VaultHistory history;

  Vault(Workspace workspace, VaultHistory history) {
    this.workspace = workspace;
    this.history = history;
  }

  /// The history to show from: none once this device has proof of a fork.
  private VaultHistory shown() throws CofreException {
    workspace.team().requireNoFork();
    return history;
  }

  /// The vault's id.
  public VaultId id() {
    return history.vault();
  }

  /// The vault's name; as long as it cannot be read, the beginning of the id.
  public String name() {
    return history.index().name().orElseGet(() -> id().hex().substring(0, SHORT_ID));
  }

  /// What the vault was called before, where it was renamed and its name cannot be read now.
  public Optional<String> formerName() {
    return history.index().formerName();
  }

  /// This member's role, absent once it has ended.
  public Optional<VaultRole> role() {
    return workspace.role(id());
  }

  /// The last verified commit.
  public Head head() {
    return history.index().head();
  }

  /// Catches up with team log and vault, verifies, stores. Where this member may write, wraps what others still lack.
  public void refresh() throws CofreException {
    Upkeep.refresh(workspace, history);
  }

  /// The files of a directory, by path.
  ///
  /// @throws NotFound when nothing lies below it
  public List<FileEntry> list(String directory, Recursion recursion) throws CofreException {
    String below = directory.endsWith("/") ? directory : directory + "/";
    Map<String, Revision> files = shown().tree().below(below);
    if (files.isEmpty() && !below.equals("/")) {
      throw new NotFound("there is no directory " + directory);
    }
    return files.entrySet().stream()
        .filter(
            file -> recursion == Recursion.DEEP || file.getKey().indexOf('/', below.length()) < 0)
        .map(file -> FileEntry.of(file.getKey(), file.getValue()))
        .toList();
  }

  /// The directories that lie in a directory, by path; each ends in a slash.
  public List<String> directories(String directory) throws CofreException {
    String parent = directory.endsWith("/") ? directory : directory + "/";
    return shown().tree().below(parent).keySet().stream()
        .map(path -> path.substring(0, path.indexOf('/', parent.length()) + 1))
        .filter(child -> !child.isEmpty())
        .distinct()
        .toList();
  }

  /// The file at a path.
  public Optional<FileEntry> at(String path) throws CofreException {
    return shown().tree().at(path).map(revision -> FileEntry.of(path, revision));
  }

  /// The files whose path, or name where the pattern has no slash, matches a glob (`*`, `**`, `?`, `[…]`, `{…}`).
  ///
  /// @throws dev.cofre.client.failure.Malformed when the glob is not complete
  public List<FileEntry> find(String glob) throws CofreException {
    Glob pattern = Glob.of(glob);
    return shown().tree().files().entrySet().stream()
        .filter(file -> pattern.matches(file.getKey()))
        .map(file -> FileEntry.of(file.getKey(), file.getValue()))
        .toList();
  }

  /// The files whose current version cannot be shown, or not yet.
  public List<UnreadableFile> unreadable() throws CofreException {
    VaultIndex index = shown().index();
    return index.fileIds().stream()
        .map(index::current)
        .flatMap(Optional::stream)
        .filter(revision -> !revision.readable())
        .map(UnreadableFile::of)
        .toList();
  }

  /// Brings files and folders into a directory (or, where `target` does not end in a slash and there is one file, to that
  /// path). A path that exists gets a new version, unless the content is the same.
  public List<Outcome> put(List<Path> sources, String target, Progress progress)
      throws CofreException {
    prepareToWrite();
    return Puts.put(history, workspace.connection(), sources, target, progress);
  }

  /// Catches up, and refuses at once what the rules would refuse later.
  private void prepareToWrite() throws CofreException {
    refresh();
    if (role().filter(role -> role.atLeast(VaultRole.EDITOR)).isEmpty()) {
      throw new Refused(
          Problem.NOT_ALLOWED.code(),
          Problem.NOT_ALLOWED.status(),
          "your role in this vault does not let you write to it",
          "Ask an editor or a manager of the vault.");
    }
    Upkeep.endDated(workspace, history);
  }

  /// Brings files and folders to the disk; none appears under its name before it is verified. `target` is a directory, or the
  /// name for a single file.
  public List<Outcome> get(List<String> paths, Path target, Progress progress)
      throws CofreException {
    return Gets.get(shown(), workspace.connection(), paths, target, progress);
  }

  /// Brings one version of one file to the disk.
  public Outcome get(String path, int version, Path target, Progress progress)
      throws CofreException {
    return Gets.get(shown(), workspace.connection(), version(path, version), target, progress);
  }

  /// Writes one file, the current version or another, to a stream. On failure a prefix has been written.
  public void read(String path, Optional<Integer> version, OutputStream target)
      throws CofreException {
    Revision revision = version.isPresent() ? version(path, version.get()) : current(path);
    Gets.read(shown(), workspace.connection(), revision, target);
  }

  private Revision current(String path) throws CofreException {
    return shown()
        .tree()
        .at(path)
        .orElseThrow(
            () -> new NotFound("there is no file " + path, "List the vault to see what there is."));
  }

  private Revision version(String path, int number) throws CofreException {
    List<Revision> versions = history.index().versions(file(path));
    if (number < 1 || number > versions.size()) {
      throw new NotFound(
          path + " has no version " + number + ", but " + versions.size() + " in all");
    }
    return versions.get(number - 1);
  }

  /// The file at a path; where there is none, the one that was last there.
  private FileId file(String path) throws CofreException {
    Optional<Revision> there = shown().tree().at(path);
    return there
        .or(() ->
            history.index().revisions().stream()
                .filter(revision -> revision.isAt(path))
                .max(Comparator.comparing(Revision::place)))
        .map(Revision::file)
        .orElseThrow(() -> new NotFound("there is and was no file " + path));
  }

  /// Renames a file, or a directory with everything below it. No content moves.
  public List<Outcome> move(String from, String to) throws CofreException {
    prepareToWrite();
    return new Edits(history, workspace.connection()).move(from, to);
  }

  /// Deletes files, and directories with everything below them. Their versions are kept.
  public List<Outcome> remove(List<String> paths) throws CofreException {
    prepareToWrite();
    return new Edits(history, workspace.connection()).remove(paths);
  }

  /// Brings a deleted file back, or makes an older version the current one.
  public Outcome restore(String path, Optional<Integer> version) throws CofreException {
    prepareToWrite();
    FileId file = file(path);
    Revision wanted =
        version.isPresent()
            ? version(path, version.get())
            : history.index().versions(file).getLast();
    return new Edits(history, workspace.connection()).restore(file, wanted, path);
  }

  /// All versions of a file, oldest first; of a deleted one too.
  public List<Version> history(String path) throws CofreException {
    FileId file = file(path);
    Optional<Revision> current = history.index().current(file);
    List<Revision> revisions = history.index().versions(file);
    List<Version> versions = new ArrayList<>();
    for (Revision revision : revisions) {
      Version.State superseded =
          revision.equals(revisions.getLast())
              ? current.isPresent() ? Version.State.CURRENT : Version.State.DELETED
              : Version.State.SUPERSEDED;
      versions.add(Version.of(revision, nameOf(revision.author()), superseded));
    }
    return versions;
  }

  private String nameOf(MemberId member) {
    return workspace.names().of(workspace.team().state(), member);
  }

  /// When the newest version was written that is not this member's own, by its author's clock. A server that shows nothing new cannot be told
  /// from colleagues who write nothing, but by somebody who knows how long that has been so.
  public Optional<Instant> newsOfOthers() throws CofreException {
    return shown().index().revisions().stream()
        .filter(revision -> !revision.author().equals(workspace.me()))
        .max(Comparator.comparing(Revision::place))
        .map(Revision::time);
  }

  /// The commits after a place.
  public List<CommitLine> log(long after) throws CofreException {
    return new CommitStory(shown(), this::nameOf).after(after);
  }

  /// Verifies everything stored and received again, from the vault's creation.
  public VerifyReport verify(Content content, Progress progress) throws CofreException {
    refresh();
    return Verification.of(history, workspace.connection(), content, progress);
  }

  /// Writes all files as they are now, opened, into a directory that is new or empty. Verified before and while it is written; interrupted,
  /// it goes on in the same directory as long as the vault is the same.
  public List<Outcome> export(Path target, Progress progress) throws CofreException {
    refresh();
    return PlainExport.of(shown(), workspace.connection(), target, progress);
  }

  /// Writes everything that opens the vault with a recovery kit of this member alone, sealed as it is, into a directory that is new or empty.
  /// Verified before and while it is written; interrupted, it goes on in the same directory.
  ///
  /// @throws dev.cofre.client.failure.Stopped when this member has no recovery kit
  public ExportReport exportSealed(Path target, Progress progress) throws CofreException {
    refresh();
    return SealedExport.of(shown(), workspace.connection(), target, progress);
  }

  /// What left the team from this vault by links.
  public VaultSends sends() throws CofreException {
    return new VaultSends(workspace, shown(), this::prepareToWrite);
  }

  /// Who is in the vault, by name.
  public List<VaultMember> members() throws CofreException {
    TeamState team = workspace.team().state();
    return team.roles(id()).entrySet().stream()
        .map(role ->
            new VaultMember(
                role.getKey(),
                nameOf(role.getKey()),
                role.getValue(),
                team.until(id(), role.getKey()).map(Instant::ofEpochMilli)))
        .sorted(Comparator.comparing(VaultMember::name).thenComparing(m -> m.id().hex()))
        .toList();
  }

  /// Gives a member a role, or changes it, and wraps for them what there is; also where they had this role until then already.
  public Change grant(MemberId member, VaultRole role, Optional<Instant> until)
      throws CofreException {
    Optional<Long> end = until.map(Instant::toEpochMilli);
    Optional<Signed<Entry>> entry =
        workspace
            .team()
            .appendUnless(
                team ->
                    role.equals(team.roles(id()).get(member))
                        && end.equals(team.until(id(), member)),
                _ -> new Body.Grant(member, workspace.head(id()), role, end));
    Grants.fulfil(workspace, id());
    return Change.of(entry.isPresent());
  }

  /// Ends a member's role. Where that was done before, nothing more is written, and the report is of that end.
  ///
  /// @throws dev.cofre.client.failure.Stopped when the vault would be left without a manager, and `abandon` does not allow it
  public RemovalReport revoke(MemberId member, Abandon abandon) throws CofreException {
    Body.Abandon allowed =
        abandon == Abandon.ACKNOWLEDGED ? Body.Abandon.ABANDONED : Body.Abandon.KEPT;
    return RemovalReport.of(member, Endings.revoke(workspace, id(), member, allowed));
  }

  /// Seals current contents again under fresh keys that were written without knowing of the last end of somebody's right, at most `most` of
  /// them; goes on from what it returned, [Renewal#NOTHING_YET] at first, until that is [Renewal#done]. Other commands may use the device
  /// meanwhile. What is done is in the history, so an interrupted run goes on where it was. Earlier versions stay as they are: a signed history
  /// cannot be rewritten.
  public Renewal reencrypt(Renewal before, int most, Progress progress) throws CofreException {
    prepareToWrite();
    return renewal(before, most, progress);
  }

  /// How far [#reencrypt] has come, as far as this device has verified; asks nobody.
  public Renewal renewal() throws CofreException {
    return renewal(Renewal.NOTHING_YET, 0, Progress.NONE);
  }

  private Renewal renewal(Renewal before, int most, Progress progress) throws CofreException {
    return Reencryption.run(
        shown(),
        workspace.connection(),
        workspace.home(),
        new Reencryption.Extent(Endings.last(workspace, id()), before.failed(), most),
        progress);
  }

  /// Whether a vault may be left without a manager.
  public enum Abandon {
    /// No.
    NEVER,
    /// Yes, that was understood.
    ACKNOWLEDGED
  }
}
