package dev.cofre.client.hostile;

import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What an honest server keeps of one team, in memory, under the rules that the real one runs: the log, the vaults, the contents. A copy
/// goes its own way, so that two of them shown to different members are a fork.
final class World {
  private static final int PAGE = 500;

  private final List<Signed<Entry>> log = new ArrayList<>();
  private final Map<Hash, Profile> profiles = new HashMap<>();
  private final Map<VaultId, Shelf> shelves = new HashMap<>();
  private final Map<BlobId, byte[]> blobs = new HashMap<>();
  private final Map<UploadId, Upload> uploads = new HashMap<>();
  private final Map<RelayId, Optional<Bytes>> relays = new HashMap<>();
  private final List<World> past = new ArrayList<>();
  private Handouts handouts = new Handouts();
  private Optional<TeamState> state = Optional.empty();

  /// Bytes on their way.
  record Upload(Uploads.Begin begin, TreeMap<Integer, Bytes> parts) {}

  static Refused refused(Problem problem, String why) {
    return new Refused(problem.code(), problem.status(), why);
  }

  static void unless(boolean condition, Problem problem) throws Refused {
    if (!condition) {
      throw refused(problem, problem.code());
    }
  }

  /// The same team, to go its own way.
  World copy() {
    World copy = new World();
    copy.log.addAll(log);
    copy.profiles.putAll(profiles);
    shelves.forEach((vault, shelf) -> copy.shelves.put(vault, shelf.copy()));
    copy.blobs.putAll(blobs);
    copy.uploads.putAll(uploads);
    copy.relays.putAll(relays);
    copy.past.addAll(past);
    copy.handouts = handouts.copy();
    copy.state = state;
    return copy;
  }

  /// The same team with one vault as it was at a commit.
  World with(VaultId vault, long seq) throws Refused {
    World copy = copy();
    copy.shelves.put(vault, shelf(vault).until(seq));
    return copy;
  }

  /// Keeps what there is now, before it changes.
  void remember() {
    past.add(copy());
  }

  /// What there was before the last so many changes; a copy.
  World past(int changes) {
    return past.get(past.size() - changes).copy();
  }

  /// How many changes there have been.
  int changes() {
    return past.size();
  }

  TeamState state() {
    return state.orElseThrow(() -> new AssertionError("no team has begun"));
  }

  Shelf shelf(VaultId vault) throws Refused {
    return Optional.ofNullable(shelves.get(vault))
        .orElseThrow(() -> refused(Problem.NOT_FOUND, "no such vault"));
  }

  List<Shelf> shelves() {
    return List.copyOf(shelves.values());
  }

  /// What leaves the team by links.
  Handouts handouts() {
    return handouts;
  }

  /// All channels that were ever offered, in any vault.
  List<SignedBytes> channels() {
    return shelves.values().stream().flatMap(shelf -> shelf.channels().stream()).toList();
  }

  Map<BlobId, byte[]> blobs() {
    return blobs;
  }

  Map<UploadId, Upload> uploads() {
    return uploads;
  }

  Map<RelayId, Optional<Bytes>> relays() {
    return relays;
  }

  List<Profile> profiles() {
    return List.copyOf(profiles.values());
  }

  /// The log, from the genesis.
  List<Signed<Entry>> log() {
    return List.copyOf(log);
  }

  TeamId start(Teams.Create request) throws Refused {
    Signed<Entry> genesis = read(request.genesis());
    try {
      TeamState begun = TeamState.start(genesis);
      if (state.isPresent()) {
        return begun.id(); // another team, which is not kept here
      }
      state = Optional.of(begun);
      log.add(genesis);
      List.of(request.team(), request.owner()).forEach(p -> profiles.put(p.hash(), p));
      return begun.id();
    } catch (RuleException broken) {
      throw refused(Problem.RULE_BROKEN, broken.rule().code());
    }
  }

  Head append(Teams.Append request) throws Refused {
    Signed<Entry> entry = read(request.entry());
    TeamState before = state();
    TeamState after;
    try {
      after = before.apply(entry);
    } catch (RuleException broken) {
      boolean stale = broken.rule() == Rule.PLACE;
      throw refused(stale ? Problem.STALE_HEAD : Problem.RULE_BROKEN, broken.rule().code());
    }
    requireHeads(entry.value().body(), before);
    state = Optional.of(after);
    log.add(entry);
    request.profile().ifPresent(p -> profiles.put(p.hash(), p));
    follow(entry, before);
    return after.head();
  }

  static Signed<Entry> read(SignedBytes bytes) throws Refused {
    try {
      return Entry.read(bytes);
    } catch (MalformedException malformed) {
      throw refused(Problem.MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }

  /// The named heads are in their vaults, and whose right ends wrote nothing above them.
  private void requireHeads(Body body, TeamState before) throws Refused {
    Optional<Bytes> subject = ended(body, before);
    for (VaultHead named : body.namedHeads()) {
      Shelf shelf = shelf(named.vault());
      boolean above = subject.filter(who -> shelf.wroteAbove(who, named.head().seq())).isPresent();
      unless(
          shelf.contains(named.head()) && !above,
          subject.isPresent() ? Problem.SUBJECT_WROTE : Problem.RULE_BROKEN);
    }
  }

  private static Optional<Bytes> ended(Body body, TeamState before) {
    return switch (body) {
      case Body.MemberRemove removal -> Optional.of(removal.member().value());
      case Body.DeviceRevoke revocation -> Optional.of(revocation.device().value());
      case Body.Revoke revocation -> Optional.of(revocation.member().value());
      case Body.Grant grant ->
          Optional.ofNullable(before.roles(grant.vault().vault()).get(grant.member()))
              .filter(role -> role.atLeast(VaultRole.EDITOR) && !grant.role().atLeast(role))
              .map(_ -> grant.member().value());
      default -> Optional.empty();
    };
  }

  private void follow(Signed<Entry> entry, TeamState before) throws Refused {
    switch (entry.value().body()) {
      case Body.VaultCreate _ -> {
        VaultId vault = new VaultId(entry.hash().value());
        shelves.put(vault, new Shelf(vault));
      }
      case Body.MemberRemove removal -> {
        for (VaultId vault : before.vaultsOf(removal.member())) {
          shelf(vault).forget(removal.member());
        }
      }
      case Body.Revoke revocation -> shelf(revocation.vault().vault()).forget(revocation.member());
      default -> {}
    }
  }

  /// Entries above a place, or all.
  Teams.LogPage page(OptionalLong after) {
    int from = (int) Math.min(after.orElse(-1) + 1, log.size());
    return new Teams.LogPage(
        log.subList(from, Math.min(from + PAGE, log.size())).stream().map(Signed::bytes).toList(),
        state().head());
  }
}
