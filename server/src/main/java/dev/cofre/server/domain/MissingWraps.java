package dev.cofre.server.domain;

import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.PlaceRow;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which recipients of a vault lack wraps, place by place. Remembers how far each recipient lacks nothing: wraps are only taken away
/// by an entry that changes the vault's recipients, and revisions are only ever purged.
@Singleton
public class MissingWraps {
  private static final int AT_ONCE = 64;
  private static final int REMEMBERED = 20_000;

  private final VaultRows vaults;
  private final BundleRows bundles;
  private final RevisionRows revisions;
  private final Map<Key, Covered> covered = new LinkedHashMap<>(256, 0.75f, true);

  private record Key(TeamId team, VaultId vault, MemberId recipient) {}

  /// Nothing is lacking up to commit `through`, by a team log whose last entry about the vault was `lastChange`.
  private record Covered(long lastChange, long through) {}

  MissingWraps(VaultRows vaults, BundleRows bundles, RevisionRows revisions) {
    this.vaults = vaults;
    this.bundles = bundles;
    this.revisions = revisions;
  }

  /// The recipients that lack wraps, each with the first commit of which one is missing.
  public Commits.Missing of(TeamState team, VaultId vault) {
    VaultRow row = vaults.find(team.id().value(), vault.value()).orElseThrow(Refusal::notFound);
    List<Commits.Lack> lacks = new ArrayList<>();
    for (MemberId recipient : team.recipients(vault).keySet()) {
      Key key = new Key(team.id(), vault, recipient);
      long lastChange = team.lastChange(vault);
      long start = recall(key, lastChange);
      Optional<Long> lacking = start >= row.seq() ? Optional.empty() : firstLacking(key, start);
      lacking.ifPresent(seq -> lacks.add(new Commits.Lack(recipient, seq)));
      long through = lacking.map(seq -> seq - 1).orElse(Math.max(start, row.seq()));
      remember(key, new Covered(lastChange, through));
    }
    return new Commits.Missing(lacks);
  }

  private Optional<Long> firstLacking(Key key, long start) {
    long after = start;
    for (; ; ) {
      List<Long> doubtful =
          bundles.doubtful(
              key.team().value(), key.vault().value(), key.recipient().value(), after, AT_ONCE);
      Optional<Long> lacking = doubtful.isEmpty() ? Optional.empty() : lacking(key, doubtful);
      if (lacking.isPresent() || doubtful.size() < AT_ONCE) {
        return lacking;
      }
      after = doubtful.getLast();
    }
  }

  private Optional<Long> lacking(Key key, List<Long> seqs) {
    Map<Long, BitSet> held = new HashMap<>();
    for (BundleRow row :
        bundles.find(key.team().value(), key.vault().value(), key.recipient().value(), seqs)) {
      BitSet places = held.computeIfAbsent(row.seq(), _ -> new BitSet());
      for (Bundle.Run run : Bundles.decode(row).runs()) {
        places.set(run.first(), run.first() + run.count());
      }
    }
    return revisions.places(key.team().value(), key.vault().value(), seqs).stream()
        .filter(place -> !held.getOrDefault(place.seq(), new BitSet()).get(place.slot()))
        .map(PlaceRow::seq)
        .findFirst();
  }

  private long recall(Key key, long lastChange) {
    synchronized (covered) {
      return Optional.ofNullable(covered.get(key))
          .filter(c -> c.lastChange() == lastChange)
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
