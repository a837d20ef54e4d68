package dev.cofre.client.keys;

import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.KeyWrap;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.cbor.Context;

/// Record keys, wrapped under a channel for exactly one sealed record: 48 bytes. The wrapping key is single-use because a sealed
/// record is committed to one key; whoever wraps a key again checks that first, with [SealedRecords#matches].
public final class Wraps {
  private Wraps() {}

  /// Wraps a record key. `record` is the SHA-256 of the sealed record.
  public static Bytes wrap(
      SecretBytes channelSecret,
      Hash channel,
      RevisionId revision,
      Hash record,
      SecretBytes recordKey) {
    try (SecretBytes key = key(channelSecret, channel, revision, record)) {
      return KeyWrap.wrap(key, recordKey);
    }
  }

  /// Unwraps a record key.
  ///
  /// @throws Tampered when the wrap was made under another channel or for another record
  public static SecretBytes unwrap(
      SecretBytes channelSecret, Hash channel, RevisionId revision, Hash record, Bytes wrap)
      throws Tampered {
    try (SecretBytes key = key(channelSecret, channel, revision, record)) {
      return KeyWrap.unwrap(key, wrap);
    }
  }

  private static SecretBytes key(
      SecretBytes channelSecret, Hash channel, RevisionId revision, Hash record) {
    return Hkdf.expand(
        channelSecret, Context.of(Label.WRAP, channel, revision, record), KeyWrap.KEY_LENGTH);
  }
}
