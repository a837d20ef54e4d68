package dev.cofre.client.hostile;

import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.Sends;
import dev.cofre.protocol.vault.VaultState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// One vault as an honest server keeps it: its chain with the sealed records, the wraps and their channels.
final class Shelf {
  static final Bytes NOTHING = Bytes.of(new byte[0]);

  private final List<Commits.Item> items = new ArrayList<>();
  private final List<Signed<Commit>> commits = new ArrayList<>();
  private final List<Bundle> bundles = new ArrayList<>();
  private final Map<Hash, SignedBytes> channels = new HashMap<>();
  private final List<Discount> discounted = new ArrayList<>();
  private Optional<Head> slipped = Optional.empty();
  private VaultState state;

  /// What a recipient has of a commit among the first bundles opens nothing.
  private record Discount(MemberId recipient, long seq, int below) {}

  /// A vault that begins.
  Shelf(VaultId vault) {
    state = VaultState.start(vault);
  }

  /// The same vault, to go its own way.
  Shelf copy() {
    Shelf copy = new Shelf(state.vault());
    copy.items.addAll(items);
    copy.commits.addAll(commits);
    copy.bundles.addAll(bundles);
    copy.channels.putAll(channels);
    copy.discounted.addAll(discounted);
    copy.state = state;
    return copy;
  }

  VaultId vault() {
    return state.vault();
  }

  Sends sends() {
    return state.sends();
  }

  Head head() {
    return slipped.orElse(state.head());
  }

  /// The same vault as it was at a commit, with all wraps that there are by now.
  Shelf until(long seq) {
    Shelf shorter = copy();
    shorter.items.subList((int) seq, items.size()).clear();
    shorter.commits.subList((int) seq, commits.size()).clear();
    shorter.slipped =
        Optional.of(
            seq == 0
                ? Head.ofEmpty(state.vault())
                : new Head(seq, shorter.commits.getLast().hash()));
    return shorter;
  }

  /// Puts a commit into the chain that no rule was asked about, with whatever is to go with it.
  void slip(Commits.Append request) throws Refused {
    Signed<Commit> commit = read(request.commit());
    slip(request, new Head(commit.value().seq(), commit.hash()));
  }

  /// The same, and says that the vault's head is this.
  void slip(Commits.Append request, Head said) {
    slipped = Optional.of(said);
    items.add(new Commits.Item(request.commit(), request.records()));
    add(request.bundles(), request.channels());
  }

  /// All commits, from the first.
  List<Signed<Commit>> commits() {
    return List.copyOf(commits);
  }

  /// Whether this is a place of the chain.
  boolean contains(Head head) {
    return head.equals(Head.ofEmpty(state.vault()))
        || commits.stream().anyMatch(c -> new Head(c.value().seq(), c.hash()).equals(head));
  }

  /// Whether a member, or a device, wrote above a place.
  boolean wroteAbove(Bytes subject, long seq) {
    return commits.stream()
        .map(Signed::value)
        .filter(c -> c.seq() > seq)
        .anyMatch(c -> c.author().value().equals(subject) || c.device().value().equals(subject));
  }

  Head append(TeamState team, Commits.Append request) throws Refused {
    Signed<Commit> signed = read(request.commit());
    Commit commit = signed.value();
    Head head = new Head(commit.seq(), signed.hash());
    if (contains(head)) {
      return head;
    }
    World.unless(
        commit.seq() == head().seq() + 1 && commit.prev().equals(head().hash()),
        Problem.STALE_HEAD);
    World.unless(commit.teamHead().seq() >= team.lastChange(commit.vault()), Problem.STALE_TEAM);
    requireRecords(commit, request.records());
    VaultState next;
    try {
      next = state.apply(team, signed);
    } catch (RuleException broken) {
      throw World.refused(Problem.RULE_BROKEN, broken.rule().code());
    }
    requireRecipients(team, commit, request.bundles());
    state = next;
    commits.add(signed);
    items.add(new Commits.Item(request.commit(), request.records()));
    add(request.bundles(), request.channels());
    return head;
  }

  private static Signed<Commit> read(SignedBytes bytes) throws Refused {
    try {
      return Commit.read(bytes);
    } catch (MalformedException malformed) {
      throw World.refused(Problem.MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }

  private static void requireRecords(Commit commit, List<Commits.SealedRecord> records)
      throws Refused {
    List<Change.Put> puts = commit.puts();
    World.unless(puts.size() == records.size(), Problem.RULE_BROKEN);
    for (int i = 0; i < puts.size(); i++) {
      Hash given = Hash.sha256(records.get(i).sealed().toArray());
      World.unless(given.equals(puts.get(i).record()), Problem.RULE_BROKEN);
    }
  }

  private static void requireRecipients(TeamState team, Commit commit, List<Bundle> bundles)
      throws Refused {
    int puts = commit.puts().size();
    Set<MemberId> expected = puts == 0 ? Set.of() : team.recipients(commit.vault()).keySet();
    Set<MemberId> given = new HashSet<>();
    for (Bundle bundle : bundles) {
      World.unless(
          given.add(bundle.recipient()) && bundle.wraps() == puts, Problem.WRONG_RECIPIENTS);
    }
    World.unless(given.equals(expected), Problem.WRONG_RECIPIENTS);
  }

  /// Adds wraps, and channels that are not there yet.
  void add(List<Bundle> more, List<SignedBytes> offered) {
    bundles.addAll(more);
    offered.forEach(channel -> channels.put(channel.hash(Label.CHANNEL), channel));
  }

  /// Deletes the wraps of somebody who has lost the vault.
  void forget(MemberId member) {
    bundles.removeIf(bundle -> bundle.recipient().equals(member));
  }

  /// All channels that were ever offered.
  List<SignedBytes> channels() {
    return List.copyOf(channels.values());
  }

  /// Commits above a place, with the reader's wraps.
  Commits.Page page(MemberId reader, long after, int limit) {
    List<Commits.Item> found = items(after, limit);
    List<Bundle> wraps = wraps(reader, after + 1, after + found.size());
    return new Commits.Page(found, wraps, channelsOf(wraps), head());
  }

  /// The same without records and wraps.
  Commits.Page chain(long after, int limit) {
    List<Commits.Item> bare =
        items(after, limit).stream().map(item -> told(item, (_, _) -> NOTHING)).toList();
    return new Commits.Page(bare, List.of(), List.of(), head());
  }

  /// What is given as the sealed record of a put.
  interface Told {
    Bytes record(Change.Put put, Bytes sealed);
  }

  /// A commit with what is said to be its records.
  static Commits.Item told(Commits.Item item, Told told) {
    try {
      List<Change.Put> puts = Commit.read(item.commit()).value().puts();
      return new Commits.Item(
          item.commit(),
          IntStream.range(0, puts.size())
              .mapToObj(i -> told.record(puts.get(i), item.records().get(i).sealed()))
              .map(Commits.SealedRecord::new)
              .toList());
    } catch (MalformedException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private List<Commits.Item> items(long after, int limit) {
    int from = (int) Math.min(after, items.size());
    return List.copyOf(items.subList(from, Math.min(from + limit, items.size())));
  }

  /// A reader's wraps of a range of commits.
  Commits.BundlePage range(MemberId reader, long from, long to) {
    List<Bundle> wraps = wraps(reader, from, to);
    return new Commits.BundlePage(wraps, channelsOf(wraps), to);
  }

  private List<Bundle> wraps(MemberId reader, long from, long to) {
    List<Bundle> found = new ArrayList<>();
    for (Bundle bundle : bundles) {
      List<Bundle.Run> runs =
          bundle.runs().stream().filter(run -> run.seq() >= from && run.seq() <= to).toList();
      if (bundle.recipient().equals(reader) && !runs.isEmpty()) {
        found.add(new Bundle(reader, bundle.channel(), runs));
      }
    }
    return found;
  }

  private List<SignedBytes> channelsOf(List<Bundle> wraps) {
    return wraps.stream()
        .map(Bundle::channel)
        .distinct()
        .flatMap(id -> Optional.ofNullable(channels.get(id)).stream())
        .toList();
  }

  /// Makes the wraps of a recipient useless that there are.
  void spoilWraps(MemberId recipient) {
    bundles.replaceAll(bundle -> bundle.recipient().equals(recipient) ? spoilt(bundle) : bundle);
  }

  private static Bundle spoilt(Bundle bundle) {
    return new Bundle(
        bundle.recipient(),
        bundle.channel(),
        bundle.runs().stream()
            .map(run ->
                new Bundle.Run(run.seq(), run.first(), Bytes.of(new byte[run.wraps().length()])))
            .toList());
  }

  /// How many bundles there are.
  int bundleCount() {
    return bundles.size();
  }

  /// A recipient says that what it has of some commits opens nothing.
  void discount(MemberId recipient, Commits.Unusable commits) {
    for (Commits.Place place : commits.commits()) {
      discounted.add(new Discount(recipient, place.seq(), bundles.size()));
    }
  }

  private boolean counts(int at, MemberId recipient, long seq) {
    return discounted.stream()
        .noneMatch(d -> d.recipient().equals(recipient) && d.seq() == seq && at < d.below());
  }

  /// Who lacks wraps, of which commits.
  Commits.Missing missing(TeamState team) {
    List<Commits.Lack> lacks = new ArrayList<>();
    for (MemberId recipient : team.recipients(state.vault()).keySet()) {
      commits.stream()
          .map(Signed::value)
          .filter(commit -> wrapped(recipient, commit.seq()) < commit.puts().size())
          .forEach(commit -> lacks.add(new Commits.Lack(recipient, commit.seq(), commit.seq())));
    }
    return new Commits.Missing(lacks);
  }

  private long wrapped(MemberId recipient, long seq) {
    return IntStream.range(0, bundles.size())
        .filter(at -> bundles.get(at).recipient().equals(recipient))
        .filter(at -> counts(at, recipient, seq))
        .mapToObj(at -> bundles.get(at))
        .flatMap(bundle -> bundle.runs().stream())
        .filter(run -> run.seq() == seq)
        .flatMap(run -> IntStream.range(run.first(), run.first() + run.count()).boxed())
        .distinct()
        .count();
  }
}
