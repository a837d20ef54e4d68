package dev.cofre.client.history;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.WrappedSeed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds this member's encryption keys in the team log: those wrapped for this device, and through them the earlier ones.
public final class OwnKeys {
  private OwnKeys() {}

  /// Whether a device came to know keys that it did not have.
  public enum Change {
    /// The keystore is to be saved.
    LEARNT,
    /// Nothing new.
    NONE
  }

  /// Adds all keys that can be received to the identity, oldest first.
  ///
  /// @throws Tampered when what is wrapped is not what the log says
  public static Change receive(Identity identity, VerifiedLog log) throws Tampered {
    TeamId team = log.state().id();
    Map<Hash, WrappedSeed> wrapped = new HashMap<>();
    Map<Hash, Body.MemberRekey> rekeys = new HashMap<>();
    List<Hash> keys = keys(identity, log, wrapped, rekeys);
    Change change = Change.NONE;
    for (Hash hash : keys) {
      if (wrapped.containsKey(hash) && identity.memberKey(hash).isEmpty()) {
        WrappedSeed seed = wrapped.get(hash);
        identity.addNewest(MemberSeeds.unwrap(identity, team, hash, seed));
        change = Change.LEARNT;
      }
    }
    for (int i = keys.size() - 1; i > 0; i--) {
      Optional<EncryptionKey> next = identity.memberKey(keys.get(i));
      Hash previous = keys.get(i - 1);
      Body.MemberRekey rekey = rekeys.get(keys.get(i));
      if (rekey != null && next.isPresent() && identity.memberKey(previous).isEmpty()) {
        identity.addOldest(
            MemberSeeds.openPrevious(
                team, identity.member(), previous, next.get(), rekey.previousSeed()));
        change = Change.LEARNT;
      }
    }
    return change;
  }

  private static List<Hash> keys(
      Identity identity,
      VerifiedLog log,
      Map<Hash, WrappedSeed> wrapped,
      Map<Hash, Body.MemberRekey> rekeys) {
    List<Hash> all =
        Optional.ofNullable(log.state().members().get(identity.member()))
            .map(member -> member.keys())
            .orElse(List.of());
    int current = 0;
    for (Signed<Entry> entry : log.entries()) {
      if (!entry.value().author().equals(identity.member())) {
        continue;
      }
      if (entry.value().body() instanceof Body.MemberRekey rekey) {
        current++;
        rekeys.put(all.get(current), rekey);
        for (WrappedSeed seed : rekey.seeds()) {
          if (seed.device().equals(identity.device())) {
            wrapped.put(all.get(current), seed);
          }
        }
      }
      if (entry.value().body() instanceof Body.DeviceAdd add
          && add.seed().device().equals(identity.device())) {
        wrapped.put(all.get(current), add.seed());
      }
    }
    return all;
  }
}
