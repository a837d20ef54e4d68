package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Channel;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Wraps, kept as bundles of one commit for one recipient. Whoever wraps again replaces only what they wrapped themselves, so nobody can
/// take away what another wrapped, and nobody's wraps push out another's: of one commit a recipient has at most [#SENDERS] bundles besides the
/// first, which fit into one answer together.
@Singleton
public class Bundles {
  /// Most runs in one request.
  static final int MAX_RUNS = 65_536;

  static final int SENDERS = 32;

  /// Bytes of bundles that are read to be looked through or replaced, at a time.
  static final long AT_ONCE = 1 << 20;

  private static final Codec<Bundle> CODEC = Codec.of(Bundle.class);
  private static final int MAX_BUNDLES = 10_000;
  private static final long ANSWER_BYTES = 6 << 20;
  private static final int CHANNEL_BYTES = 1536;
  private static final int SEQS_AT_ONCE = 10_000;

  private final BundleRows rows;
  private final VaultRows vaults;
  private final CommitRows commits;
  private final Channels channels;
  private final TeamStates states;
  private final Rights rights;
  private final Turns turns;
  private final Transactions transactions;

  Bundles(
      BundleRows rows,
      VaultRows vaults,
      CommitRows commits,
      Channels channels,
      TeamStates states,
      Rights rights,
      Turns turns,
      Transactions transactions) {
    this.rows = rows;
    this.vaults = vaults;
    this.commits = commits;
    this.channels = channels;
    this.states = states;
    this.rights = rights;
    this.turns = turns;
    this.transactions = transactions;
  }

  /// Adds wraps by an editor for recipients that lack them.
  public void add(TeamId team, VaultId vault, MemberId sender, Commits.Bundles request) {
    List<Bundle> bundles = request.bundles();
    Refusal.unless(
        bundles.stream().mapToInt(b -> b.runs().size()).sum() <= MAX_RUNS,
        Problem.TOO_LARGE,
        "at most 65 536 runs at once");
    List<Signed<Channel>> brought = Channels.read(request.channels(), bundles);
    turns.take(
        team,
        vault,
        () ->
            transactions.write(() -> {
              VaultRow row =
                  vaults.lock(team.value(), vault.value()).orElseThrow(Refusal::notFound);
              TeamState state = states.now(team);
              rights.require(state, vault, sender, VaultRole.EDITOR);
              requirePuts(row, bundles);
              channels.require(
                  state,
                  vault,
                  sender,
                  brought,
                  bundles,
                  channels.known(team, vault, brought, bundles));
              lay(row, sender, bundles);
              return row;
            }));
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

  private void lay(VaultRow vault, MemberId sender, List<Bundle> bundles) {
    Map<MemberId, List<Bundle>> byRecipient =
        bundles.stream()
            .collect(
                Collectors.groupingBy(Bundle::recipient, LinkedHashMap::new, Collectors.toList()));
    long number = vault.bundles();
    for (Map.Entry<MemberId, List<Bundle>> of : byRecipient.entrySet()) {
      number = lay(vault, of.getKey(), sender, of.getValue(), number);
    }
    count(vault, number);
  }

  /// Lays one recipient's bundles over what their sender wrapped before, of so many commits at a time that little of it is in memory.
  ///
  /// @return the number of the last bundle
  private long lay(
      VaultRow vault, MemberId recipient, MemberId sender, List<Bundle> bundles, long number) {
    SortedMap<Long, List<Layers.Layer>> brought = new TreeMap<>();
    for (Bundle bundle : bundles) {
      bundle.runs().stream()
          .collect(Collectors.groupingBy(Bundle.Run::seq))
          .forEach((seq, runs) ->
              brought
                  .computeIfAbsent(seq, _ -> new ArrayList<>())
                  .add(new Layers.Layer(bundle.channel(), runs)));
    }
    long last = number;
    for (List<Long> seqs :
        portions(rows, vault.team(), vault.vault(), recipient, List.copyOf(brought.keySet()))) {
      SortedMap<Long, List<Layers.Layer>> some =
          brought.subMap(seqs.getFirst(), seqs.getLast() + 1);
      last = insert(laid(vault, recipient, sender, some), last);
      rows.keepNewest(
          vault.team(), vault.vault(), recipient.value(), seqs.getFirst(), seqs.getLast(), SENDERS);
    }
    return last;
  }

  private List<BundleRow> laid(
      VaultRow vault,
      MemberId recipient,
      MemberId sender,
      SortedMap<Long, List<Layers.Layer>> brought) {
    SortedMap<Long, Layers> commitsConcerned = new TreeMap<>();
    brought.keySet().forEach(seq -> commitsConcerned.put(seq, new Layers()));
    rows.bySender(vault.team(), vault.vault(), recipient.value(), sender.value(), brought.keySet())
        .forEach(row ->
            Optional.ofNullable(commitsConcerned.get(row.seq()))
                .ifPresent(l -> l.lay(new Hash(row.channel()), decode(row).runs())));
    rows.deleteBySender(
        vault.team(), vault.vault(), recipient.value(), sender.value(), brought.keySet());
    List<BundleRow> found = new ArrayList<>();
    commitsConcerned.forEach((seq, layers) -> {
      brought
          .getOrDefault(seq, List.of())
          .forEach(layer -> layers.lay(layer.channel(), layer.runs()));
      for (Layers.Layer layer : layers.oldestFirst()) {
        found.add(row(vault, seq, sender, new Bundle(recipient, layer.channel(), layer.runs())));
      }
    });
    return found;
  }

  /// Some commits, in order, cut into portions of which a recipient's bundles are about [#AT_ONCE] bytes, or of one commit.
  static List<List<Long>> portions(
      BundleRows rows, Bytes team, Bytes vault, MemberId recipient, List<Long> seqs) {
    List<List<Long>> portions = new ArrayList<>();
    for (List<Long> some : Portions.of(seqs, SEQS_AT_ONCE)) {
      Map<Long, Long> sizes =
          rows.sizes(team, vault, recipient.value(), some).stream()
              .collect(Collectors.toMap(ExtentRow::seq, ExtentRow::size));
      portions.addAll(Portions.of(some, seq -> sizes.getOrDefault(seq, 0L), AT_ONCE));
    }
    return portions;
  }

  /// The rows of a commit's bundles, in order and without their numbers.
  static List<BundleRow> rows(VaultRow vault, long seq, MemberId author, List<Bundle> bundles) {
    return bundles.stream().map(b -> row(vault, seq, author, b)).toList();
  }

  private void count(VaultRow vault, long number) {
    if (number > vault.bundles()) {
      vaults.count(vault.team(), vault.vault(), number);
    }
  }

  /// Adds rows with the numbers after one; returns the last.
  private long insert(List<BundleRow> unnumbered, long after) {
    long number = after;
    List<BundleRow> added = new ArrayList<>(unnumbered.size());
    for (BundleRow row : unnumbered) {
      number++;
      added.add(numbered(row, number));
    }
    if (!added.isEmpty()) {
      rows.insertAll(added);
    }
    return number;
  }

  private static BundleRow row(VaultRow vault, long seq, MemberId sender, Bundle bundle) {
    byte[] body = CODEC.encode(bundle);
    return new BundleRow(
        vault.team(),
        vault.vault(),
        bundle.recipient().value(),
        seq,
        0,
        sender.value(),
        bundle.channel().value(),
        bundle.wraps(),
        body.length,
        Bytes.of(body));
  }

  private static BundleRow numbered(BundleRow row, long number) {
    return new BundleRow(
        row.team(),
        row.vault(),
        row.recipient(),
        row.seq(),
        number,
        row.sender(),
        row.channel(),
        row.wraps(),
        row.size(),
        row.body());
  }

  /// A recipient's wraps of commits `from`..`to` and their channels: as far as 6 MiB reach, and of one commit at least.
  public Commits.BundlePage range(
      TeamId team, VaultId vault, MemberId recipient, long from, long to) {
    List<ExtentRow> extents =
        rows.extents(team.value(), vault.value(), recipient.value(), from, to);
    long reached = reach(extents, from, to, ANSWER_BYTES);
    long through = extents.isEmpty() ? to : Math.max(reached, extents.getFirst().seq());
    Commits.Bundles found = read(team, vault, recipient, from, through);
    return new Commits.BundlePage(found.bundles(), found.channels(), through);
  }

  /// A recipient's wraps of the commits of a range, those of the later ones left out where they are more than `budget` bytes.
  Commits.Bundles within(
      TeamId team, VaultId vault, MemberId recipient, long from, long to, long budget) {
    List<ExtentRow> extents =
        rows.extents(team.value(), vault.value(), recipient.value(), from, to);
    return read(team, vault, recipient, from, reach(extents, from, to, budget));
  }

  private static long reach(List<ExtentRow> extents, long from, long to, long budget) {
    long bytes = 0;
    long bundles = 0;
    long through = from - 1;
    for (ExtentRow extent : extents) {
      bytes += extent.size() + extent.channels() * CHANNEL_BYTES;
      bundles += extent.bundles();
      if (bytes > budget || bundles > MAX_BUNDLES) {
        return through;
      }
      through = extent.seq();
    }
    return to;
  }

  private Commits.Bundles read(
      TeamId team, VaultId vault, MemberId recipient, long from, long through) {
    if (through < from) {
      return new Commits.Bundles(List.of(), List.of());
    }
    List<Bundle> bundles =
        rows.range(team.value(), vault.value(), recipient.value(), from, through).stream()
            .map(Bundles::decode)
            .toList();
    return new Commits.Bundles(bundles, channels.of(team, vault, bundles));
  }

  static Bundle decode(BundleRow row) {
    try {
      return CODEC.decode(row.body().toArray());
    } catch (MalformedException malformed) {
      throw new IllegalStateException("a stored bundle cannot be read", malformed);
    }
  }
}
