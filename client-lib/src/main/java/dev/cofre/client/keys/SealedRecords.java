package dev.cofre.client.keys;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.PaddedRecord;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Context;
import java.util.Arrays;

/// Records, padded and sealed under a fresh record key for exactly one revision of one file.
public final class SealedRecords {
  private SealedRecords() {}

  /// Which revision a record belongs to.
  public record Place(TeamId team, VaultId vault, FileId file, RevisionId revision) {
    byte[] context() {
      return Context.of(Label.RECORD, team, vault, file, revision);
    }
  }

  /// Seals the CBOR of a record, which is wiped.
  ///
  /// @param recordKey fresh, 32 bytes, for this record only
  public static Bytes seal(Place place, SecretBytes recordKey, byte[] record, RandomSource random) {
    byte[] padded = PaddedRecord.pad(record);
    try {
      return Bytes.of(Cobblestone.seal(recordKey, place.context(), padded, random));
    } finally {
      Arrays.fill(padded, (byte) 0);
      Arrays.fill(record, (byte) 0);
    }
  }

  /// The CBOR of a record.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Tampered] when it does not open with this key for this place;
  ///     [dev.cofre.client.failure.Malformed] when it is not padded canonically
  public static byte[] open(Place place, SecretBytes recordKey, Bytes sealed)
      throws CofreException {
    byte[] padded = Cobblestone.open(recordKey, place.context(), sealed.toArray());
    try {
      return PaddedRecord.unpad(padded);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /// Whether a sealed record, of which at least the first 56 bytes are given, is committed to this key. Asked before any key is
  /// wrapped again.
  public static boolean matches(Place place, SecretBytes recordKey, Bytes sealed) {
    return Cobblestone.matches(recordKey, place.context(), sealed);
  }

  /// The context of a file's content.
  public static byte[] contentContext(TeamId team, VaultId vault, FileId file, BlobId blob) {
    return Context.of(Label.CONTENT, team, vault, file, blob);
  }
}
