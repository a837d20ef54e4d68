package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.SendDescription;
import dev.cofre.client.replica.Stored;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.FileHead;
import dev.cofre.protocol.vault.SendHead;
import dev.cofre.protocol.vault.Sends;
import dev.cofre.protocol.vault.VaultView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A vault in memory: every revision with its record, by file. Built from facts alone, those stored and those just verified, in
/// order.
public final class VaultIndex implements VaultView, AutoCloseable {
  private final VaultId vault;
  private final List<Fact.Committed> commits = new ArrayList<>();
  private final Map<FileId, Versions> files = new LinkedHashMap<>();
  private final Map<RevisionId, Revision> revisions = new HashMap<>();
  private Head head;
  private final Map<RevisionId, String> names = new HashMap<>();
  private final Map<RevisionId, SendDescription> descriptions = new HashMap<>();
  private Sends sends = Sends.none();
  private long edition;

  /// All versions of a file, and whether a tombstone lies on the last one.
  private static final class Versions {
    private final List<Revision> all = new ArrayList<>(1);
    private FileHead.State state = FileHead.State.LIVE;
  }

  VaultIndex(VaultId vault) {
    this.vault = vault;
    this.head = Head.ofEmpty(vault);
  }

  /// Takes one thing learnt. Facts about a revision follow its commit.
  void learn(Fact fact) {
    edition++;
    switch (fact) {
      case Fact.Committed committed -> commit(committed);
      case Fact.Opened opened -> open(opened);
      case Fact.Arrived(RevisionId revision, Bytes seal) ->
          find(revision).ifPresent(r -> r.arrive(seal));
      case Fact.Spoilt(RevisionId revision) ->
          find(revision)
              .filter(r -> r.state() != Revision.State.WITHHELD)
              .ifPresent(r -> r.spoil(Optional.empty()));
    }
  }

  private void commit(Fact.Committed commit) {
    int slot = 0;
    for (int i = 0; i < commit.changes().size(); i++) {
      Change change = commit.changes().get(i);
      if (change.made().isPresent()) {
        make(commit, change.made().get(), i, slot++);
      }
      switch (change) {
        case Change.Delete delete ->
            files.computeIfAbsent(delete.file(), _ -> new Versions()).state =
                FileHead.State.DELETED;
        case Change.Purge purge ->
            purge.revisions().forEach(id -> find(id).ifPresent(Revision::purge));
        case Change.Put _, Change.Send _, Change.SendEnd _, Change.SendExtend _ -> {}
      }
    }
    sends = sends.after(commit.author(), commit.seq(), commit.teamSeq(), commit.changes());
    commits.add(commit);
    head = new Head(commit.seq(), commit.hash());
  }

  private void make(Fact.Committed commit, Change.Put put, int change, int slot) {
    Versions versions = files.computeIfAbsent(put.file(), _ -> new Versions());
    Revision revision =
        new Revision(
            put,
            new Revision.Place(commit.seq(), change, slot),
            versions.all.size() + 1,
            commit.author(),
            commit.time(),
            commit.seals().get(slot));
    versions.all.add(revision);
    versions.state = FileHead.State.LIVE;
    revisions.put(put.revision(), revision);
  }

  private void open(Fact.Opened opened) {
    Optional<Revision> found =
        find(opened.revision()).filter(r -> r.state() != Revision.State.PURGED);
    if (found.isEmpty()) {
      return;
    }
    Revision revision = found.get();
    SecretBytes key = SecretBytes.taking(opened.key().toArray());
    try {
      if (revision.file().equals(FileId.NAME)) {
        names.put(revision.id(), FileRecord.readVaultName(opened.record().toArray()));
        revision.open(key, Optional.empty());
      } else if (revision.put().blob().isEmpty()) {
        descriptions.put(revision.id(), SendDescription.read(opened.record().toArray()));
        revision.open(key, Optional.empty());
      } else {
        revision.open(key, Optional.of(FileRecord.read(opened.record().toArray())));
      }
    } catch (CofreException e) {
      key.close();
      revision.spoil(Optional.of(e));
    }
  }

  @Override
  public VaultId vault() {
    return vault;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public long lastTeamSeq() {
    return commits.isEmpty() ? 0 : commits.getLast().teamSeq();
  }

  @Override
  public Optional<FileHead> file(FileId file) {
    return Optional.ofNullable(files.get(file))
        .map(versions -> new FileHead(versions.all.getLast().id(), versions.state));
  }

  @Override
  public boolean knows(RevisionId revision) {
    return revisions.containsKey(revision);
  }

  @Override
  public boolean holds(FileId file, RevisionId revision) {
    return find(revision)
        .filter(r -> r.file().equals(file) && r.state() != Revision.State.PURGED)
        .isPresent();
  }

  @Override
  public boolean holdsContent(RevisionId revision) {
    return find(revision)
        .filter(r -> r.put().blob().isPresent() && r.state() != Revision.State.PURGED)
        .isPresent();
  }

  @Override
  public Optional<SendHead> send(SendId send) {
    return sends.find(send).map(Sends.Sent::head);
  }

  /// All sends ever made.
  public Sends sends() {
    return sends;
  }

  /// What its author says of a send, once that can be read.
  public Optional<SendDescription> description(Change.Send send) {
    return find(send.revision())
        .filter(Revision::readable)
        .flatMap(revision -> Optional.ofNullable(descriptions.get(revision.id())));
  }

  /// The head of the chain at a place, absent beyond the last commit.
  Optional<Head> headAt(long seq) {
    if (seq == 0) {
      return Optional.of(Head.ofEmpty(vault));
    }
    return seq > commits.size()
        ? Optional.empty()
        : Optional.of(new Head(seq, commits.get((int) seq - 1).hash()));
  }

  /// The vault's name: what its newest version says, absent as long as that cannot be read. An older one is no substitute: whoever
  /// decides which keys arrive first would choose the name.
  public Optional<String> name() {
    return current(FileId.NAME).filter(Revision::readable).flatMap(this::nameIn);
  }

  /// What the vault was called last, as far as can be read, where its name cannot be read.
  public Optional<String> formerName() {
    return name().isPresent()
        ? Optional.empty()
        : versions(FileId.NAME).reversed().stream()
            .filter(Revision::readable)
            .findFirst()
            .flatMap(this::nameIn);
  }

  private Optional<String> nameIn(Revision version) {
    return Optional.ofNullable(names.get(version.id()));
  }

  /// All commits, from the first.
  public List<Stored.Fact.Committed> commits() {
    return Collections.unmodifiableList(commits);
  }

  /// A revision.
  public Optional<Revision> find(RevisionId revision) {
    return Optional.ofNullable(revisions.get(revision));
  }

  /// The place in the team log that the author of a revision knew.
  public long teamSeq(Revision revision) {
    return commits.get((int) revision.place().seq() - 1).teamSeq();
  }

  /// All revisions, in no order.
  public Collection<Revision> revisions() {
    return Collections.unmodifiableCollection(revisions.values());
  }

  /// All files ever put, deleted ones included: neither the vault's name nor what describes a send.
  public List<FileId> fileIds() {
    return files.entrySet().stream()
        .filter(file -> file.getValue().all.getLast().put().blob().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The versions of each file that is not deleted, oldest first; the files by the commit that first put them.
  List<List<Revision>> live() {
    List<List<Revision>> live = new ArrayList<>(files.size());
    files.forEach((file, versions) -> {
      if (versions.state == FileHead.State.LIVE && !file.equals(FileId.NAME)) {
        live.add(Collections.unmodifiableList(versions.all));
      }
    });
    return live;
  }

  /// All versions of a file, oldest first.
  public List<Revision> versions(FileId file) {
    return Optional.ofNullable(files.get(file))
        .map(versions -> Collections.unmodifiableList(versions.all))
        .orElse(List.of());
  }

  /// The last version of a file that is not deleted.
  public Optional<Revision> current(FileId file) {
    return Optional.ofNullable(files.get(file))
        .filter(versions -> versions.state == FileHead.State.LIVE)
        .map(versions -> versions.all.getLast());
  }

  /// A number that changes with every fact.
  long edition() {
    return edition;
  }

  /// Wipes all keys.
  @Override
  public void close() {
    revisions.values().forEach(Revision::close);
  }
}
