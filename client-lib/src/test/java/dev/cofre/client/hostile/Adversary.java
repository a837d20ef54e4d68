package dev.cofre.client.hostile;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.protocol.vault.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tries every key that the server knows on everything sealed that it was given: its own ring, and every 32 bytes that it ever saw as a
/// value of their own (ids, hashes, public keys, tokens, nonces).
final class Adversary {
  private final KeyRing ring;
  private final Takings takings;
  private final Set<Bytes> secrets = new LinkedHashSet<>();
  private final List<String> opened = new ArrayList<>();

  Adversary(EvilServer server) {
    this.ring = server.ring();
    this.takings = Takings.of(server);
    secrets.addAll(ring.secrets());
    secrets.addAll(takings.seen());
  }

  /// What it could open, which should be nothing.
  List<String> opened() {
    decapsulate();
    for (Bytes secret : secrets) {
      try (SecretBytes key = SecretBytes.copyOf(secret.toArray())) {
        tryOn(key);
      }
    }
    takings.seeds().forEach(this::tryOnSeed);
    return opened;
  }

  /// Secrets of channels to one of its own keys are secrets it knows.
  private void decapsulate() {
    for (Channel channel : takings.channels().values()) {
      for (EncryptionKey key : ring.privateKeys()) {
        try (SecretBytes secret = Channels.secret(key, channel)) {
          secrets.add(Bytes.of(secret.toArray()));
        } catch (CofreException _) {
          // Not even of the right form.
        }
      }
    }
  }

  private void tryOn(SecretBytes key) {
    for (Takings.Wrap wrap : takings.wraps()) {
      try (SecretBytes record =
          Wraps.unwrap(
              key, wrap.channel(), wrap.put().revision(), wrap.put().record(), wrap.bytes())) {
        opened.add(
            "a wrap of " + wrap.put().revision() + ", which gives a key of " + record.length());
      } catch (CofreException _) {
        // As it should be.
      }
    }
    for (Takings.Record record : takings.records()) {
      if (SealedRecords.matches(record.place(), key, record.sealed())) {
        opened.add("a record: " + record.place());
      }
    }
    for (Takings.Blob blob : takings.blobs()) {
      if (Cobblestone.matches(key, blob.context(), blob.start())) {
        opened.add("a content: " + blob.blob());
      }
    }
    for (Takings.Previous previous : takings.previous()) {
      tryOnPrevious(key, previous);
    }
  }

  private void tryOnPrevious(SecretBytes seed, Takings.Previous previous) {
    if (previous.sealed().length() < Cobblestone.HEADER_LENGTH) {
      return;
    }
    try (EncryptionKey next = EncryptionKey.fromSeed(seed)) {
      MemberSeeds.openPrevious(
              takings.team(), previous.member(), previous.before(), next, previous.sealed())
          .close();
      opened.add("an earlier seed of " + previous.member());
    } catch (CofreException _) {
      // As it should be.
    }
  }

  private void tryOnSeed(Takings.Seed seed) {
    for (EncryptionKey key : ring.privateKeys()) {
      unwrapped(seed, key)
          .ifPresent(_ -> opened.add("the seed of " + seed.member() + " for a device"));
    }
  }

  private Optional<Hash> unwrapped(Takings.Seed seed, EncryptionKey key) {
    WrappedSeed wrapped = seed.wrapped();
    byte[] info =
        Context.of(Label.MEMBER_SEED, takings.team(), seed.member(), wrapped.device(), seed.key());
    try (SecretBytes _ = Hpke.openFrom(key, info, wrapped.wrap())) {
      return Optional.of(seed.key());
    } catch (CofreException _) {
      return Optional.empty();
    }
  }
}
