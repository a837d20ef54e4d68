package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.CommitRows;
import dev.cofre.server.store.ExtentRow;
import dev.cofre.server.store.SizeRow;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Wraps: kept as bundles, each for one recipient. Only ever added, until their recipient loses the vault.
@Singleton
public class Bundles {
  private static final Codec<Bundle> CODEC = Codec.of(Bundle.class);
  private static final int MAX_BUNDLES = 10_000;
  private static final long RANGE_BYTES = 6 << 20;
  private static final long ANSWER_BYTES = 14 << 20;
  private static final long PORTION_BYTES = 2 << 20;

  private final BundleRows rows;
  private final VaultRows vaults;
  private final CommitRows commits;
  private final Channels channels;
  private final TeamStates states;
  private final Transactions transactions;

  Bundles(
      BundleRows rows,
      VaultRows vaults,
      CommitRows commits,
      Channels channels,
      TeamStates states,
      Transactions transactions) {
    this.rows = rows;
    this.vaults = vaults;
    this.commits = commits;
    this.channels = channels;
    this.states = states;
    this.transactions = transactions;
  }

  /// Adds wraps for recipients that lack them.
  public void add(TeamId team, VaultId vault, Commits.Bundles request) {
    transactions.write(() -> {
      VaultRow row = vaults.lock(team.value(), vault.value()).orElseThrow(Refusal::notFound);
      TeamState state = states.now(team);
      requirePuts(row, request.bundles());
      channels.require(state, vault, request.channels(), request.bundles());
      insert(row, request.bundles());
      return row;
    });
  }

  private void requirePuts(VaultRow row, List<Bundle> bundles) {
    List<Bundle.Run> runs = bundles.stream().flatMap(b -> b.runs().stream()).toList();
    if (runs.isEmpty()) {
      return;
    }
    long from = runs.stream().mapToLong(Bundle.Run::seq).min().getAsLong();
    long to = runs.stream().mapToLong(Bundle.Run::seq).max().getAsLong();
    Map<Long, Integer> puts =
        commits.puts(row.team(), row.vault(), from, to).stream()
            .collect(Collectors.toMap(SizeRow::seq, SizeRow::size));
    boolean known =
        runs.stream().allMatch(r -> r.first() + r.count() <= puts.getOrDefault(r.seq(), 0));
    Refusal.unless(known, Problem.RULE_BROKEN, "wraps of a version that is not there");
  }

  /// Adds bundles to a vault that is locked.
  void insert(VaultRow vault, List<Bundle> bundles) {
    if (bundles.isEmpty()) {
      return;
    }
    long number = vault.bundles();
    List<BundleRow> added = new ArrayList<>(bundles.size());
    for (Bundle bundle : bundles) {
      number++;
      added.add(row(vault, number, bundle));
    }
    rows.insertAll(added);
    vaults.count(vault.team(), vault.vault(), number);
  }

  private static BundleRow row(VaultRow vault, long number, Bundle bundle) {
    byte[] body = CODEC.encode(bundle);
    return new BundleRow(
        vault.team(),
        vault.vault(),
        bundle.recipient().value(),
        number,
        bundle.channel().value(),
        bundle.runs().getFirst().seq(),
        bundle.runs().getLast().seq(),
        bundle.wraps(),
        body.length,
        Bytes.of(body));
  }

  /// A recipient's wraps of commits `from`..`to`, the newest bundles last, and their channels: as far as 6 MiB of wraps reach, and of
  /// one commit at least.
  public Commits.BundlePage range(
      TeamId team, VaultId vault, MemberId recipient, long from, long to) {
    long through = reach(team, vault, from, to);
    Commits.Bundles found = within(team, vault, recipient, from, through, ANSWER_BYTES);
    return new Commits.BundlePage(found.bundles(), found.channels(), through);
  }

  private long reach(TeamId team, VaultId vault, long from, long to) {
    long budget = RANGE_BYTES;
    for (SizeRow puts : commits.puts(team.value(), vault.value(), from, to)) {
      budget -= (long) puts.size() * Bundle.WRAP_LENGTH;
      if (budget < 0) {
        return Math.max(from, puts.seq() - 1);
      }
    }
    return to;
  }

  /// A recipient's wraps of all commits of a range, the oldest bundles left out where they are more than `budget` bytes.
  Commits.Bundles within(
      TeamId team, VaultId vault, MemberId recipient, long from, long to, long budget) {
    List<ExtentRow> extents =
        rows.extents(team.value(), vault.value(), recipient.value(), from, to).reversed();
    List<Bundle> found = new ArrayList<>();
    long left = budget;
    int next = 0;
    while (next < extents.size() && left > 0 && found.size() < MAX_BUNDLES) {
      int end = Math.min(portionEnd(extents, next), next + MAX_BUNDLES - found.size());
      for (Bundle bundle : trimmed(team, vault, extents.subList(next, end), from, to, recipient)) {
        left -= (long) bundle.wraps() * Bundle.WRAP_LENGTH + 128;
        found.add(bundle);
      }
      next = end;
    }
    List<Bundle> bundles = found.reversed();
    return new Commits.Bundles(bundles, channels.of(team, vault, bundles));
  }

  private static int portionEnd(List<ExtentRow> extents, int start) {
    long size = 0;
    int end = start;
    while (end < extents.size() && (end == start || size < PORTION_BYTES)) {
      size += extents.get(end).size();
      end++;
    }
    return end;
  }

  private List<Bundle> trimmed(
      TeamId team, VaultId vault, List<ExtentRow> extents, long from, long to, MemberId recipient) {
    List<Long> numbers = extents.stream().map(ExtentRow::number).toList();
    List<Bundle> bundles = new ArrayList<>();
    for (BundleRow row : rows.find(team.value(), vault.value(), recipient.value(), numbers)) {
      List<Bundle.Run> runs =
          decode(row).runs().stream().filter(r -> r.seq() >= from && r.seq() <= to).toList();
      if (!runs.isEmpty()) {
        bundles.add(new Bundle(recipient, new Hash(row.channel()), runs));
      }
    }
    return bundles.reversed();
  }

  static Bundle decode(BundleRow row) {
    try {
      return CODEC.decode(row.body().toArray());
    } catch (MalformedException malformed) {
      throw new IllegalStateException("a stored bundle cannot be read", malformed);
    }
  }
}
