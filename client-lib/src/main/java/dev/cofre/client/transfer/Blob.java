package dev.cofre.client.transfer;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;

/// What a verified record says of a content: enough to fetch it and to know that it is the right one. Borrows the key.
public final class Blob {
  private final FileId file;
  private final BlobId id;
  private final SecretBytes contentKey;
  private final long length;
  private final Bytes hash;

  /// @param length bytes of the content
  /// @param hash SHA-256 of the content
  public Blob(FileId file, BlobId id, SecretBytes contentKey, long length, Bytes hash) {
    this.file = file;
    this.id = id;
    this.contentKey = contentKey;
    this.length = length;
    this.hash = hash;
  }

  FileId file() {
    return file;
  }

  BlobId id() {
    return id;
  }

  SecretBytes contentKey() {
    return contentKey;
  }

  long length() {
    return length;
  }

  Bytes hash() {
    return hash;
  }

  @Override
  public String toString() {
    return "blob " + id;
  }
}
