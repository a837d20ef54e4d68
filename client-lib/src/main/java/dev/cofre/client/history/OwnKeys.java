package dev.cofre.client.history;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.WrappedSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds this member's encryption keys in the team log: those wrapped for this device, and through them the earlier ones. What does not open
/// is passed over: a stolen device of the same member can put anything there, and the others must still be able to end it.
public final class OwnKeys {
  private final Identity identity;
  private final TeamId team;
  private final List<Hash> keys;
  private final List<Wrapped> wrapped = new ArrayList<>();
  private final List<Replacement> replacements = new ArrayList<>();

  /// Whether a device came to know keys that it did not have.
  public enum Change {
    /// The keystore is to be saved.
    LEARNT,
    /// Nothing new.
    NONE
  }

  /// The member's present key, which this device did not receive: the entry that brought it, and the device that posted that.
  public record Lacking(long entry, DeviceId device) {
    /// What it means for whoever wants to read.
    public NotForUs failure() {
      return new NotForUs(
          "your encryption key was replaced by your device "
              + device
              + " in entry "
              + entry
              + " of the team log, and what it left for this device does not open",
          "If that device is not in your hands, revoke it: that replaces the key again. Otherwise revoke this one and add it again.");
    }
  }

  /// A seed for this device: of the newest of these keys that whoever wrapped it had.
  private record Wrapped(WrappedSeed seed, int oldest, int newest) {}

  /// A key that replaced others, one of which is sealed under it: the newest that whoever posted it had.
  private record Replacement(Body.MemberRekey rekey, int key) {}

  private OwnKeys(Identity identity, VerifiedLog log) {
    this.identity = identity;
    team = log.state().id();
    keys = member(identity, log.state()).map(Member::keys).orElse(List.of());
    int current = 0;
    for (Signed<Entry> entry : log.entries()) {
      if (!entry.value().author().equals(identity.member())) {
        continue;
      }
      if (entry.value().body() instanceof Body.MemberRekey rekey) {
        current++;
        replacements.add(new Replacement(rekey, current));
        for (WrappedSeed seed : rekey.seeds()) {
          addOwn(seed, current, current);
        }
      }
      if (entry.value().body() instanceof Body.DeviceAdd add) {
        addOwn(add.seed(), 0, current);
      }
    }
  }

  private static Optional<Member> member(Identity identity, TeamState team) {
    return Optional.ofNullable(team.members().get(identity.member()));
  }

  private void addOwn(WrappedSeed seed, int oldest, int newest) {
    if (seed.device().equals(identity.device())) {
      wrapped.add(new Wrapped(seed, oldest, newest));
    }
  }

  /// Adds all keys that can be received to the identity.
  public static Change receive(Identity identity, VerifiedLog log) {
    OwnKeys own = new OwnKeys(identity, log);
    int before = identity.memberKeys().size();
    own.wrapped.forEach(own::open);
    own.replacements.reversed().forEach(own::open);
    return identity.memberKeys().size() > before ? Change.LEARNT : Change.NONE;
  }

  private boolean has(int key) {
    return identity.memberKey(keys.get(key)).isPresent();
  }

  private void open(Wrapped offered) {
    for (int key = offered.newest(); key >= offered.oldest() && !has(key); key--) {
      try {
        identity.add(MemberSeeds.unwrap(identity, team, keys.get(key), offered.seed()), keys);
      } catch (Tampered _) {
        // Of an older key, or of none.
      }
    }
  }

  private void open(Replacement replacement) {
    Optional<EncryptionKey> next = identity.memberKey(keys.get(replacement.key()));
    MemberId me = identity.member();
    for (int key = replacement.key() - 1; next.isPresent() && key >= 0; key--) {
      try {
        if (!has(key)) {
          identity.add(
              MemberSeeds.openPrevious(
                  team, me, keys.get(key), next.get(), replacement.rekey().previousSeed()),
              keys);
          return;
        }
      } catch (Tampered _) {
        // Of an older key, or of none.
      }
    }
  }

  /// The member's present key, if there is one and this device does not have it.
  public static Optional<Lacking> lacking(Identity identity, VerifiedLog log) {
    Optional<Hash> present =
        member(identity, log.state())
            .filter(member -> member.memberKey().isPresent())
            .map(member -> member.keys().getLast());
    if (present.isEmpty() || identity.memberKey(present.get()).isPresent()) {
      return Optional.empty();
    }
    return log.entries().reversed().stream()
        .filter(entry -> brings(identity, entry.value()))
        .findFirst()
        .map(entry -> new Lacking(entry.value().seq(), entry.value().device()));
  }

  /// Whether an entry brought the member's latest key, or else brought the member.
  private static boolean brings(Identity identity, Entry entry) {
    return entry.author().equals(identity.member())
        && (entry.body() instanceof Body.MemberRekey
            || entry.body() instanceof Body.Join
            || entry.body() instanceof Body.Genesis);
  }
}
