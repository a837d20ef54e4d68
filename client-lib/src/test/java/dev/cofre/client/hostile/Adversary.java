package dev.cofre.client.hostile;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.vault.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Tries every key that the server knows on everything sealed that it was given: its own ring, every 32 bytes that it ever saw as a
/// value of their own (ids, hashes, public keys, tokens, nonces), and the keys in whatever opens.
final class Adversary {
  private final KeyRing ring;
  private final Takings takings;
  private final Set<Bytes> secrets = new HashSet<>();
  private final Deque<Bytes> untried = new ArrayDeque<>();
  private final Set<Hash> keys = new HashSet<>();
  private final Set<Opened> opened = new LinkedHashSet<>();

  /// Something that opened.
  ///
  /// @param at the place in the transcript of the request that brought it
  record Opened(int at, String what) {
    @Override
    public String toString() {
      return what;
    }
  }

  Adversary(EvilServer server) {
    this.ring = server.ring();
    this.takings = Takings.of(server);
  }

  /// What it could open, which should be nothing.
  List<Opened> opened() {
    ring.privateKeys().forEach(this::tryOn);
    ring.secrets().forEach(this::learn);
    takings.seen().forEach(this::learn);
    while (!untried.isEmpty()) {
      try (SecretBytes key = SecretBytes.copyOf(untried.remove().toArray())) {
        tryOn(key);
      }
    }
    return List.copyOf(opened);
  }

  private void learn(Bytes secret) {
    if (secrets.add(secret)) {
      untried.add(secret);
    }
  }

  private void learn(SecretBytes secret) {
    learn(Bytes.of(secret.toArray()));
  }

  private void open(int at, String what) {
    opened.add(new Opened(at, what));
  }

  /// Secrets of channels to one of its own keys are secrets it knows, and so are seeds that were sent to one.
  private void tryOn(EncryptionKey key) {
    if (!keys.add(Hash.sha256(key.publicKey().toArray()))) {
      return;
    }
    for (Channel channel : takings.channels().values()) {
      try (SecretBytes secret = Channels.secret(key, channel)) {
        learn(secret);
      } catch (CofreException _) {
        // Not even of the right form.
      }
    }
    for (Takings.Seed seed : takings.seeds()) {
      try (SecretBytes found = Hpke.openFrom(key, info(seed), seed.wrapped().wrap())) {
        open(seed.at(), "the seed of " + seed.member() + " for a device");
        become(found);
      } catch (CofreException _) {
        // As it should be.
      }
    }
  }

  private byte[] info(Takings.Seed seed) {
    return Context.of(
        Label.MEMBER_SEED, takings.team(), seed.member(), seed.wrapped().device(), seed.key());
  }

  private void become(SecretBytes seed) {
    learn(seed);
    try (EncryptionKey key = EncryptionKey.fromSeed(seed)) {
      tryOn(key);
    }
  }

  private void tryOn(SecretBytes key) {
    for (Takings.Wrap wrap : takings.wraps()) {
      try (SecretBytes record =
          Wraps.unwrap(
              key, wrap.channel(), wrap.put().revision(), wrap.put().record(), wrap.bytes())) {
        open(wrap.at(), "a wrap of " + wrap.put().revision() + ", a key of " + record.length());
        learn(record);
      } catch (CofreException _) {
        // As it should be.
      }
    }
    for (Takings.Record record : takings.records()) {
      if (SealedRecords.matches(record.place(), key, record.sealed())) {
        open(record.at(), "a record: " + record.place());
        look(record, key);
      }
    }
    for (Takings.Blob blob : takings.blobs()) {
      if (Cobblestone.matches(key, blob.context(), blob.start())) {
        open(blob.at(), "a content: " + blob.blob());
      }
    }
    for (Takings.Previous previous : takings.previous()) {
      tryOnPrevious(key, previous);
    }
  }

  /// What is in a record that opens.
  private void look(Takings.Record record, SecretBytes key) {
    try (FileRecord file =
        FileRecord.read(SealedRecords.open(record.place(), key, record.sealed()))) {
      learn(file.contentKey());
    } catch (CofreException _) {
      // Not of a file.
    }
  }

  private void tryOnPrevious(SecretBytes seed, Takings.Previous previous) {
    if (previous.sealed().length() < Cobblestone.HEADER_LENGTH) {
      return;
    }
    try (EncryptionKey next = EncryptionKey.fromSeed(seed);
        EncryptionKey before =
            MemberSeeds.openPrevious(
                takings.team(), previous.member(), previous.before(), next, previous.sealed());
        SecretBytes found = before.seed()) {
      open(previous.at(), "an earlier seed of " + previous.member());
      become(found);
    } catch (CofreException _) {
      // As it should be.
    }
  }
}
