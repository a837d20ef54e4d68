package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
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
import java.util.function.Function;
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
    Range range = range(team, vault, after, limit);
    if (range.isEmpty()) {
      return new Commits.Page(List.of(), List.of(), List.of(), range.head());
    }
    long left = Math.max(SLACK, Commits.MAX_BODY - range.bytes() - 16 * SLACK);
    Commits.Bundles wraps = bundles.within(team, vault, reader, after + 1, range.to(), left);
    return new Commits.Page(
        items(team, vault, range, RevisionRow::sealed),
        wraps.bundles(),
        wraps.channels(),
        range.head());
  }

  /// The same without records and wraps: each record is absent, as a purged one is.
  public Commits.Page chain(TeamId team, VaultId vault, long after, int limit) {
    Range range = range(team, vault, after, limit);
    List<Commits.Item> items =
        range.isEmpty() ? List.of() : items(team, vault, range, _ -> Bytes.of(new byte[0]));
    return new Commits.Page(items, List.of(), List.of(), range.head());
  }

  /// Commits above `after` up to `to`, of so many bytes, in a history that ends at `head`.
  private record Range(long after, long to, long bytes, Head head) {
    boolean isEmpty() {
      return to == after;
    }
  }

  private Range range(TeamId team, VaultId vault, long after, int limit) {
    VaultRow row = vaults.find(team.value(), vault.value()).orElseThrow(Refusal::notFound);
    long bytes = 0;
    long to = after;
    for (SizeRow size : commits.sizes(team.value(), vault.value(), after, limit)) {
      if (size.seq() > row.seq() || (to > after && bytes + size.size() > PAGE_BYTES)) {
        break;
      }
      bytes += size.size();
      to = size.seq();
    }
    return new Range(after, to, bytes, new Head(row.seq(), new Hash(row.hash())));
  }

  private List<Commits.Item> items(
      TeamId team, VaultId vault, Range range, Function<RevisionRow, Bytes> record) {
    long from = range.after() + 1;
    long to = range.to();
    Map<Long, List<Commits.SealedRecord>> records =
        revisions.range(team.value(), vault.value(), from, to).stream()
            .collect(
                Collectors.groupingBy(
                    RevisionRow::seq,
                    Collectors.mapping(
                        r -> new Commits.SealedRecord(record.apply(r)), Collectors.toList())));
    return commits.range(team.value(), vault.value(), from, to).stream()
        .map(c -> item(c, records.getOrDefault(c.seq(), List.of())))
        .toList();
  }

  private static Commits.Item item(CommitRow row, List<Commits.SealedRecord> records) {
    return new Commits.Item(new SignedBytes(row.payload(), row.signature()), records);
  }
}
