package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The record keys that bundles hold for this member. A key counts only if the sealed record is committed to it; what does not open is
/// passed over, since anybody can send bytes, and the next candidate is tried, the newest first.
final class Unwrapping implements AutoCloseable {
  private final Identity identity;
  private final VaultId vault;
  private final Map<Hash, Optional<Channels.End>> channels = new HashMap<>();
  private Map<Long, List<Wrapped>> bySeq = new HashMap<>();

  private record Wrapped(Hash channel, Bundle.Run run) {
    boolean covers(int slot) {
      return slot >= run.first() && slot - run.first() < run.count();
    }
  }

  Unwrapping(Identity identity, VaultId vault) {
    this.identity = identity;
    this.vault = vault;
  }

  /// Goes on with other bundles. Channels opened before stay open.
  void take(TeamState team, List<Bundle> bundles, List<SignedBytes> offered) {
    bySeq = new HashMap<>();
    for (SignedBytes bytes : offered) {
      open(team, bytes);
    }
    for (Bundle bundle : bundles) {
      if (bundle.recipient().equals(identity.member())) {
        for (Bundle.Run run : bundle.runs()) {
          bySeq
              .computeIfAbsent(run.seq(), _ -> new ArrayList<>(1))
              .add(new Wrapped(bundle.channel(), run));
        }
      }
    }
  }

  private void open(TeamState team, SignedBytes bytes) {
    try {
      var channel = Channel.read(bytes);
      if (channels.getOrDefault(channel.hash(), Optional.empty()).isEmpty()) {
        channels.put(channel.hash(), Optional.of(Channels.open(identity, team, vault, channel)));
      }
    } catch (MalformedException | CofreException _) {
      // Wraps under it stay closed, and their revisions unreadable until somebody wraps again.
    }
  }

  /// What a key is tried on.
  ///
  /// @param <T> what comes of the right one
  @FunctionalInterface
  interface Trial<T> {
    /// Absent when it is not the right key, which is wiped afterwards.
    Optional<T> of(SecretBytes key);
  }

  /// What comes of the first key of a put that is the right one.
  <T> Optional<T> first(long seq, int slot, Change.Put put, Trial<T> trial) {
    for (Wrapped wrapped : bySeq.getOrDefault(seq, List.of()).reversed()) {
      if (wrapped.covers(slot)) {
        Optional<SecretBytes> key = unwrap(wrapped, slot - wrapped.run().first(), put);
        if (key.isPresent()) {
          try (SecretBytes tried = key.get()) {
            Optional<T> found = trial.of(tried);
            if (found.isPresent()) {
              return found;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The key of a put's sealed record, of which at least the first 56 bytes are given. Owned by the caller.
  Optional<SecretBytes> key(
      SealedRecords.Place place, long seq, int slot, Change.Put put, Bytes seal) {
    return first(
        seq,
        slot,
        put,
        key ->
            SealedRecords.matches(place, key, seal)
                ? Optional.of(key.duplicate())
                : Optional.empty());
  }

  /// Whether there is a wrap of a put, whatever it opens.
  boolean offered(long seq, int slot) {
    return bySeq.getOrDefault(seq, List.of()).stream().anyMatch(wrapped -> wrapped.covers(slot));
  }

  private Optional<SecretBytes> unwrap(Wrapped wrapped, int i, Change.Put put) {
    Optional<Channels.End> channel = channels.getOrDefault(wrapped.channel(), Optional.empty());
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Wraps.unwrap(
              channel.get().secret(),
              wrapped.channel(),
              put.revision(),
              put.record(),
              wrapped.run().wrap(i)));
    } catch (Tampered _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    channels.values().forEach(end -> end.ifPresent(Channels.End::close));
  }
}
