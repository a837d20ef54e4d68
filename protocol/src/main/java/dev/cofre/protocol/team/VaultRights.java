package dev.cofre.protocol.team;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.tree.PersistentMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The rights in one vault through the whole log: for each member the steps at which their role changed, and every head of
/// the vault that an entry named. Immutable.
record VaultRights(
    VaultId vault,
    long lastChange,
    PersistentMap<MemberId, List<Step>> steps,
    PersistentMap<Long, Hash> named) {
  static final Comparator<Id> BY_VALUE = Comparator.comparing(Id::value);

  /// From the entry `seq` on the member has this role, or none. `head` is the vault head that the entry named.
  record Step(long seq, Optional<VaultRole> role, Optional<Long> until, Optional<Head> head) {
    boolean below(VaultRole needed) {
      return role.filter(r -> r.atLeast(needed)).isEmpty();
    }
  }

  static VaultRights created(VaultId vault, MemberId manager, long seq) {
    return new VaultRights(
            vault,
            seq,
            PersistentMap.empty(BY_VALUE),
            PersistentMap.<Long, Hash>empty(Comparator.naturalOrder())
                .with(0L, new Hash(vault.value())))
        .stepped(
            manager,
            new Step(seq, Optional.of(VaultRole.MANAGER), Optional.empty(), Optional.empty()));
  }

  VaultRights stepped(MemberId member, Step step) {
    List<Step> all =
        Stream.concat(steps.find(member).stream().flatMap(List::stream), Stream.of(step)).toList();
    return new VaultRights(vault, step.seq(), steps.with(member, all), named);
  }

  VaultRights changed(long seq) {
    return new VaultRights(vault, seq, steps, named);
  }

  /// @throws RuleException when another head of the same seq was named before
  VaultRights naming(Head head) throws RuleException {
    RuleException.require(
        named.find(head.seq()).filter(h -> !h.equals(head.hash())).isEmpty(),
        Rule.HEADS,
        "another head was named for the same place of the vault");
    return new VaultRights(vault, lastChange, steps, named.with(head.seq(), head.hash()));
  }

  List<Head> namedHeads() {
    List<Head> heads = new ArrayList<>();
    named.forEach((seq, hash) -> heads.add(new Head(seq, hash)));
    return List.copyOf(heads);
  }

  Optional<Step> current(MemberId member) {
    return steps.find(member).map(List::getLast).filter(step -> step.role().isPresent());
  }

  Optional<VaultRole> role(MemberId member) {
    return current(member).flatMap(Step::role);
  }

  /// Whether no entry after `seq` left the member with less than a role, not even for a while.
  boolean keptSince(MemberId member, long seq, VaultRole needed) {
    return rightAt(member, seq).filter(right -> right.role().atLeast(needed)).isPresent()
        && steps.find(member).stream()
            .flatMap(List::stream)
            .noneMatch(step -> step.seq() > seq && step.below(needed));
  }

  boolean permits(MemberId member, VaultRole needed) {
    return role(member).filter(r -> r.atLeast(needed)).isPresent();
  }

  SortedMap<MemberId, VaultRole> roles() {
    SortedMap<MemberId, VaultRole> roles = new TreeMap<>(BY_VALUE);
    for (Map.Entry<MemberId, List<Step>> entry : steps.entrySet()) {
      entry.getValue().getLast().role().ifPresent(role -> roles.put(entry.getKey(), role));
    }
    return roles;
  }

  /// Whether anybody but `leaving` manages the vault.
  boolean managedWithout(MemberId leaving) {
    return steps.entrySet().stream()
        .filter(e -> !e.getKey().equals(leaving))
        .anyMatch(e -> !e.getValue().getLast().below(VaultRole.MANAGER));
  }

  /// Whether the vault loses its last manager, or the last member of all, when `leaving` goes.
  boolean abandonedBy(MemberId leaving) {
    Optional<VaultRole> role = role(leaving);
    boolean lastManager =
        role.filter(VaultRole.MANAGER::equals).isPresent() && !managedWithout(leaving);
    boolean lastMember = role.isPresent() && roles().size() == 1;
    return lastManager || lastMember;
  }

  /// The member's role right after the entry `seq`, and the tightest heads of the entries since that lowered it.
  Optional<WriteRight> rightAt(MemberId member, long seq) {
    List<Step> all = steps.find(member).orElse(List.of());
    Optional<VaultRole> role = Optional.empty();
    for (Step step : all) {
      if (step.seq() <= seq) {
        role = step.role();
      }
    }
    return role.map(
        r -> new WriteRight(r, end(all, seq, VaultRole.EDITOR), end(all, seq, VaultRole.MANAGER)));
  }

  private static Optional<Head> end(List<Step> all, long seq, VaultRole needed) {
    return all.stream()
        .filter(step -> step.seq() > seq && step.below(needed))
        .flatMap(step -> step.head().stream())
        .min(Comparator.comparingLong(Head::seq));
  }
}
