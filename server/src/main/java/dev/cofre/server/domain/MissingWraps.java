package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.MarkRow;
import dev.cofre.server.store.PlaceRow;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.UnusableRows;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which recipients of a vault lack wraps, place by place. Remembers how far each recipient lacks nothing: wraps are only taken away
/// by an entry that ends the recipient's role, or discounted by a mark of the recipient's, and revisions are only ever purged.
@Singleton
public class MissingWraps {
  private static final int AT_ONCE = 256;
  private static final int REMEMBERED = 20_000;
  private static final int MOST = 10_000;

  private final VaultRows vaults;
  private final BundleRows bundles;
  private final RevisionRows revisions;
  private final UnusableRows unusable;
  private final int most;
  private final Map<Key, Covered> covered = new LinkedHashMap<>(256, 0.75f, true);

  private record Key(TeamId team, VaultId vault, MemberId recipient) {}

  /// What an answer holds for: the recipient's role since the entry `since`, and the recipient's marks.
  private record Basis(long since, long marks) {}

  /// Nothing is lacking up to commit `through`.
  private record Covered(Basis basis, long through) {}

  @Inject
  MissingWraps(
      VaultRows vaults, BundleRows bundles, RevisionRows revisions, UnusableRows unusable) {
    this(vaults, bundles, revisions, unusable, MOST);
  }

  /// With so many lacks in one answer.
  MissingWraps(
      VaultRows vaults,
      BundleRows bundles,
      RevisionRows revisions,
      UnusableRows unusable,
      int most) {
    this.vaults = vaults;
    this.bundles = bundles;
    this.revisions = revisions;
    this.unusable = unusable;
    this.most = most;
  }

  /// The recipients that lack wraps, with the commits of which some are missing; the first of them where there are too many for one answer.
  public Commits.Missing of(TeamState team, VaultId vault) {
    VaultRow row = vaults.find(team.id().value(), vault.value()).orElseThrow(Refusal::notFound);
    Map<Bytes, Long> marks =
        unusable.marks(team.id().value(), vault.value()).stream()
            .collect(Collectors.toMap(MarkRow::recipient, MarkRow::mark));
    List<Commits.Lack> lacks = new ArrayList<>();
    for (MemberId recipient : team.recipients(vault).keySet()) {
      if (lacks.size() + Commits.Lack.MAX_LACKS > most) {
        break;
      }
      Key key = new Key(team.id(), vault, recipient);
      Basis basis =
          new Basis(
              team.roleSince(vault, recipient).orElseThrow(),
              marks.getOrDefault(recipient.value(), 0L));
      long start = recall(key, basis);
      List<Commits.Lack> own = start >= row.seq() ? List.of() : lacking(key, start, row.seq());
      lacks.addAll(own);
      long through = own.isEmpty() ? Math.max(start, row.seq()) : own.getFirst().from() - 1;
      remember(key, new Covered(basis, through));
    }
    return new Commits.Missing(lacks);
  }

  /// Takes a recipient's word that what it holds of some commits opens nothing.
  public void mark(TeamId team, VaultId vault, MemberId recipient, Commits.Unusable commits) {
    unusable.mark(
        team.value(),
        vault.value(),
        recipient.value(),
        commits.commits().stream().map(Commits.Place::seq).toList());
  }

  private List<Commits.Lack> lacking(Key key, long start, long head) {
    List<Commits.Lack> lacks = new ArrayList<>();
    long after = start;
    for (; ; ) {
      List<Long> doubtful =
          bundles.doubtful(
              key.team().value(), key.vault().value(), key.recipient().value(), after, AT_ONCE);
      for (long seq : lacking(key, doubtful)) {
        add(lacks, key.recipient(), seq);
      }
      if (doubtful.size() < AT_ONCE) {
        return lacks;
      }
      after = doubtful.getLast();
      if (!lacks.isEmpty()) {
        Commits.Lack last = lacks.removeLast();
        lacks.add(new Commits.Lack(last.recipient(), last.from(), head));
        return lacks;
      }
    }
  }

  /// Adds a commit to the last run, or begins another.
  private static void add(List<Commits.Lack> lacks, MemberId recipient, long seq) {
    boolean follows = !lacks.isEmpty() && lacks.getLast().to() == seq - 1;
    if (follows || lacks.size() == Commits.Lack.MAX_LACKS) {
      lacks.add(new Commits.Lack(recipient, lacks.removeLast().from(), seq));
    } else {
      lacks.add(new Commits.Lack(recipient, seq, seq));
    }
  }

  private List<Long> lacking(Key key, List<Long> seqs) {
    return Bundles.portions(bundles, key.team().value(), key.vault().value(), key.recipient(), seqs)
        .stream()
        .flatMap(some -> lackingOf(key, some).stream())
        .toList();
  }

  /// Of a commit of which the recipient has nothing it is enough to know that it has a version left: a new member lacks all of all.
  private List<Long> lackingOf(Key key, List<Long> seqs) {
    Map<Long, BitSet> held = new HashMap<>();
    for (BundleRow row :
        bundles.usable(key.team().value(), key.vault().value(), key.recipient().value(), seqs)) {
      BitSet places = held.computeIfAbsent(row.seq(), _ -> new BitSet());
      for (Bundle.Run run : Bundles.decode(row).runs()) {
        places.set(run.first(), run.first() + run.count());
      }
    }
    List<Long> bare = seqs.stream().filter(seq -> !held.containsKey(seq)).toList();
    List<Long> lacking = new ArrayList<>();
    if (!bare.isEmpty()) {
      lacking.addAll(revisions.alive(key.team().value(), key.vault().value(), bare));
    }
    if (!held.isEmpty()) {
      revisions.places(key.team().value(), key.vault().value(), held.keySet()).stream()
          .filter(place -> !held.getOrDefault(place.seq(), new BitSet()).get(place.slot()))
          .map(PlaceRow::seq)
          .distinct()
          .forEach(lacking::add);
    }
    return lacking.stream().sorted().toList();
  }

  private long recall(Key key, Basis basis) {
    synchronized (covered) {
      return Optional.ofNullable(covered.get(key))
          .filter(c -> c.basis().equals(basis))
          .map(Covered::through)
          .orElse(0L);
    }
  }

  private void remember(Key key, Covered fresh) {
    synchronized (covered) {
      covered.put(key, fresh);
      if (covered.size() > REMEMBERED) {
        List.copyOf(covered.keySet()).stream().limit(REMEMBERED / 10).forEach(covered::remove);
      }
    }
  }
}
