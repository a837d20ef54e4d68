package dev.cofre.client.transfer;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import java.time.Instant;

/// A content that the server holds complete and no commit names yet. Owns the content key; closing wipes it.
public final class Uploaded implements AutoCloseable {
  private final FileId file;
  private final BlobId blob;
  private final SecretBytes contentKey;
  private final FileFacts facts;
  private final Bytes hash;
  private final long sealedLength;

  Uploaded(
      FileId file,
      BlobId blob,
      SecretBytes contentKey,
      FileFacts facts,
      Bytes hash,
      long sealedLength) {
    this.file = file;
    this.blob = blob;
    this.contentKey = contentKey;
    this.facts = facts;
    this.hash = hash;
    this.sealedLength = sealedLength;
  }

  /// The file whose content it is.
  public FileId file() {
    return file;
  }

  /// The blob.
  public BlobId blob() {
    return blob;
  }

  /// The key of the blob; stays owned here.
  public SecretBytes contentKey() {
    return contentKey;
  }

  /// Bytes of the content.
  public long length() {
    return facts.length();
  }

  /// When the local file was last changed.
  public Instant modified() {
    return facts.modified();
  }

  /// SHA-256 of the content.
  public Bytes hash() {
    return hash;
  }

  /// Bytes of the blob.
  public long sealedLength() {
    return sealedLength;
  }

  @Override
  public void close() {
    contentKey.close();
  }

  @Override
  public String toString() {
    return "blob " + blob;
  }
}
