package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.server.store.CommitRow;
import dev.cofre.server.store.CommitRows;
import dev.cofre.server.store.RevisionRow;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.SizeRow;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reading the histories of vaults, page by page.
@Singleton
public class Histories {
  private static final long PAGE_BYTES = 6 << 20;
  private static final long SLACK = 64 << 10;

  private final VaultRows vaults;
  private final CommitRows commits;
  private final RevisionRows revisions;
  private final Bundles bundles;

  Histories(VaultRows vaults, CommitRows commits, RevisionRows revisions, Bundles bundles) {
    this.vaults = vaults;
    this.commits = commits;
    this.revisions = revisions;
    this.bundles = bundles;
  }

  /// Commits above a place with their records and the reader's wraps: at most `limit` and about 6 MiB, but at least one.
  public Commits.Page page(TeamId team, VaultId vault, MemberId reader, long after, int limit) {
    VaultRow row = vaults.find(team.value(), vault.value()).orElseThrow(Refusal::notFound);
    Head head = new Head(row.seq(), new Hash(row.hash()));
    long bytes = 0;
    long to = after;
    for (SizeRow size : commits.sizes(team.value(), vault.value(), after, limit)) {
      if (size.seq() > row.seq() || (to > after && bytes + size.size() > PAGE_BYTES)) {
        break;
      }
      bytes += size.size();
      to = size.seq();
    }
    if (to == after) {
      return new Commits.Page(List.of(), List.of(), List.of(), head);
    }
    long left = Math.max(SLACK, Commits.MAX_BODY - bytes - 16 * SLACK);
    Commits.Bundles wraps = bundles.within(team, vault, reader, after + 1, to, left);
    return new Commits.Page(
        items(team, vault, after + 1, to), wraps.bundles(), wraps.channels(), head);
  }

  private List<Commits.Item> items(TeamId team, VaultId vault, long from, long to) {
    Map<Long, List<Commits.SealedRecord>> records =
        revisions.range(team.value(), vault.value(), from, to).stream()
            .collect(
                Collectors.groupingBy(
                    RevisionRow::seq,
                    Collectors.mapping(
                        r -> new Commits.SealedRecord(r.sealed()), Collectors.toList())));
    return commits.range(team.value(), vault.value(), from, to).stream()
        .map(c -> item(c, records.getOrDefault(c.seq(), List.of())))
        .toList();
  }

  private static Commits.Item item(CommitRow row, List<Commits.SealedRecord> records) {
    return new Commits.Item(new SignedBytes(row.payload(), row.signature()), records);
  }
}
