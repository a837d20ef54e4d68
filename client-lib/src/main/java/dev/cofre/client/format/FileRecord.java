package dev.cofre.client.format;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// What one version of a file is: everything that the server never sees. Holds the content key, which is wiped on close.
/// Read as hostile, since any member with the right to write may have made it.
public final class FileRecord implements AutoCloseable {
  private final Facts facts;
  private final SecretBytes contentKey;

  /// What a record says besides the content key.
  ///
  /// @param path where the file stands
  /// @param size bytes of its content
  /// @param modified its own time, not before 1970
  /// @param type its media type, empty where unknown
  /// @param category what it holds
  /// @param contentHash SHA-256 of its content
  /// @param tags at most 64 words
  /// @param blobLength bytes of its blob: what sealing that many bytes gives
  public record Facts(
      RecordPath path,
      long size,
      Instant modified,
      String type,
      Category category,
      Hash contentHash,
      List<String> tags,
      long blobLength) {
    /// Refuses a size and a blob length that do not belong together.
    public Facts {
      tags = List.copyOf(tags);
      if (blobLength != PaddedFrame.sealedLength(size) || modified.toEpochMilli() < 0) {
        throw new IllegalArgumentException("a size, blob length or time that no file has");
      }
    }

    /// The same content at another path.
    public Facts at(RecordPath other) {
      return new Facts(other, size, modified, type, category, contentHash, tags, blobLength);
    }
  }

  private FileRecord(Facts facts, SecretBytes contentKey) {
    this.facts = facts;
    this.contentKey = contentKey;
  }

  /// A record of these facts; the key is copied.
  public static FileRecord of(Facts facts, SecretBytes contentKey) {
    return new FileRecord(facts, contentKey.duplicate());
  }

  /// What it says.
  public Facts facts() {
    return facts;
  }

  /// The key of its blob, wiped with this record.
  public SecretBytes contentKey() {
    return contentKey;
  }

  /// The CBOR, to be padded and sealed. The caller wipes it.
  public byte[] encode() {
    byte[] key = contentKey.toArray();
    try {
      return RecordLayout.CODEC.encode(
          new RecordLayout.OfFile(
              facts.path().value(),
              facts.size(),
              facts.modified().toEpochMilli(),
              facts.type(),
              facts.category(),
              facts.contentHash().value(),
              facts.tags(),
              Bytes.of(key),
              facts.blobLength()));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// Reads the record of a file.
  ///
  /// @throws CofreException [Malformed], or [Unsupported] when a newer release wrote it
  public static FileRecord read(byte[] cbor) throws CofreException {
    if (layout(cbor) instanceof RecordLayout.OfFile of) {
      try {
        Facts facts =
            new Facts(
                new RecordPath(of.path()),
                of.size(),
                Instant.ofEpochMilli(of.modified()),
                of.type(),
                of.category(),
                new Hash(of.contentHash()),
                of.tags(),
                of.blobLength());
        return new FileRecord(facts, SecretBytes.taking(of.contentKey().toArray()));
      } catch (IllegalArgumentException e) {
        throw new Malformed("a record with " + e.getMessage());
      }
    }
    throw new Malformed("the record of a file is another");
  }

  /// The CBOR of a vault's name.
  ///
  /// @throws IllegalArgumentException when it has 0 or more than 200 bytes
  public static byte[] encodeVaultName(String name) {
    return RecordLayout.CODEC.encode(new RecordLayout.OfVault(name));
  }

  /// Reads the record of a vault's name.
  ///
  /// @throws CofreException [Malformed], or [Unsupported] when a newer release wrote it
  public static String readVaultName(byte[] cbor) throws CofreException {
    if (layout(cbor) instanceof RecordLayout.OfVault(String name)) {
      return name;
    }
    throw new Malformed("the record of a vault's name is another");
  }

  static RecordLayout layout(byte[] cbor) throws CofreException {
    try {
      return RecordLayout.CODEC.decode(cbor);
    } catch (UpdateNeededException e) {
      throw new Unsupported(
          "a record of a newer version: " + e.getMessage(), "Update Cofre to read this file.");
    } catch (MalformedException e) {
      throw new Malformed("a record cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    contentKey.close();
  }

  @Override
  public String toString() {
    return "FileRecord[" + facts.size() + " bytes]";
  }
}
