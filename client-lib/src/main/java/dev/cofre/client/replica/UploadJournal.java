package dev.cofre.client.replica;

import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.replica.Stored.UploadFact;
import dev.cofre.client.replica.Stored.UploadFact.Begun;
import dev.cofre.client.replica.Stored.UploadFact.Leaving;
import dev.cofre.client.replica.Stored.UploadFact.Offered;
import dev.cofre.protocol.Hash;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this device remembers of one large upload until a commit names it, so that an interrupted one goes on. One key and salt
/// may seal one content only: the hash of each part is durable here before the part leaves, and a part that is known but would
/// be another now must not be sent.
public final class UploadJournal {
  private final Path path;
  private final SealedLog<Stored.UploadStep> steps;
  private final Map<Integer, Hash> parts = new HashMap<>();
  private Optional<Begun> begun = Optional.empty();
  private Set<Hash> offered = Set.of();
  private Extent extent = Extent.NONE;

  private UploadJournal(Path directory, String name, LocalSeal seal) {
    path = directory.resolve(name);
    steps = new SealedLog<>(directory, name, seal, Stored.UploadStep.CODEC);
  }

  /// Reads what is there; what cannot be read is forgotten, and the upload begins again under another key.
  static UploadJournal open(Path directory, String name, LocalSeal seal) throws CofreException {
    UploadJournal journal = new UploadJournal(directory, name, seal);
    try {
      journal.extent = journal.steps.recover(step -> journal.take(step.fact()));
    } catch (LocalState damaged) {
      if (damaged.kind() != LocalState.Kind.DAMAGED) {
        throw damaged;
      }
      journal.discard();
    }
    return journal;
  }

  private void take(UploadFact fact) {
    switch (fact) {
      case Begun first -> begun = Optional.of(first);
      case Leaving(int part, Hash hash) -> parts.put(part, hash);
      case Offered(var keys) -> offered = Set.copyOf(keys);
    }
  }

  /// How the upload began.
  public Optional<Begun> begun() {
    return begun;
  }

  /// The hash of a part that may have left.
  public synchronized Optional<Hash> left(int part) {
    return Optional.ofNullable(parts.get(part));
  }

  /// For which keys its content key has been wrapped, in a commit that may have left.
  public Set<Hash> offered() {
    return offered;
  }

  /// Remembers, durably, that a commit for these keys is about to leave.
  public void offer(Set<Hash> keys) throws LocalState {
    note(new Offered(List.copyOf(keys)));
  }

  /// Remembers how it begins, durably.
  public void begin(Begun first) throws LocalState {
    discard();
    note(first);
  }

  /// Remembers, durably, that a part is about to leave.
  public void leaving(int part, Hash hash) throws LocalState {
    note(new Leaving(part, hash));
  }

  private synchronized void note(UploadFact fact) throws LocalState {
    extent = steps.append(extent, new Stored.UploadStep(fact));
    take(fact);
  }

  /// Forgets all of it.
  public synchronized void discard() throws LocalState {
    PrivateFiles.delete(path);
    parts.clear();
    begun = Optional.empty();
    offered = Set.of();
    extent = Extent.NONE;
  }
}
