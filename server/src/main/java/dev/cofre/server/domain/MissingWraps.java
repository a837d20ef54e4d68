package dev.cofre.server.domain;

import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.ExtentRow;
import dev.cofre.server.store.PlaceRow;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.TotalRow;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which recipients of a vault lack wraps. Counts first; looks at places only for whoever has fewer wraps than there are
/// versions, or where versions were purged.
@Singleton
public class MissingWraps {
  private static final int ROWS_AT_ONCE = 16;

  private final BundleRows bundles;
  private final RevisionRows revisions;

  MissingWraps(BundleRows bundles, RevisionRows revisions) {
    this.bundles = bundles;
    this.revisions = revisions;
  }

  /// The recipients that lack wraps, each with the first commit of which one is missing.
  public Commits.Missing of(TeamState team, VaultId vault) {
    long all = revisions.count(team.id().value(), vault.value());
    long kept = revisions.countKept(team.id().value(), vault.value());
    Map<MemberId, Long> totals =
        bundles.totals(team.id().value(), vault.value()).stream()
            .collect(Collectors.toMap(t -> new MemberId(t.recipient()), TotalRow::total));
    List<MemberId> doubtful =
        team.recipients(vault).keySet().stream()
            .filter(r -> kept < all || totals.getOrDefault(r, 0L) < kept)
            .toList();
    if (doubtful.isEmpty()) {
      return new Commits.Missing(List.of());
    }
    List<PlaceRow> places = revisions.places(team.id().value(), vault.value());
    List<Commits.Lack> lacks = new ArrayList<>();
    for (MemberId recipient : doubtful) {
      firstLacking(team.id(), vault, recipient, places)
          .ifPresent(seq -> lacks.add(new Commits.Lack(recipient, seq)));
    }
    return new Commits.Missing(lacks);
  }

  private Optional<Long> firstLacking(
      TeamId team, VaultId vault, MemberId recipient, List<PlaceRow> places) {
    Map<Long, BitSet> held = new HashMap<>();
    List<Long> numbers =
        bundles.extents(team.value(), vault.value(), recipient.value(), 0, Long.MAX_VALUE).stream()
            .map(ExtentRow::number)
            .toList();
    for (int i = 0; i < numbers.size(); i += ROWS_AT_ONCE) {
      List<Long> portion = numbers.subList(i, Math.min(i + ROWS_AT_ONCE, numbers.size()));
      for (BundleRow row : bundles.find(team.value(), vault.value(), recipient.value(), portion)) {
        for (Bundle.Run run : Bundles.decode(row).runs()) {
          held.computeIfAbsent(run.seq(), _ -> new BitSet())
              .set(run.first(), run.first() + run.count());
        }
      }
    }
    return places.stream()
        .filter(p -> !held.getOrDefault(p.seq(), new BitSet()).get(p.slot()))
        .map(PlaceRow::seq)
        .findFirst();
  }
}
