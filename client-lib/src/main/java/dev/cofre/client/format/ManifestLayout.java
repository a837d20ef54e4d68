package dev.cofre.client.format;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;
import java.util.List;
import java.util.Optional;

/// The CBOR of a send's manifest. Lives only between [SendManifest] and its bytes, because it holds keys.
@Versioned
public record ManifestLayout(
    TeamId team,
    VaultId vault,
    @Length(max = 200) String sender,
    @Length(max = 4000) String note,
    long time,
    @Length(max = SendManifest.MAX_TEXT) Optional<String> text,
    @Length(max = SendManifest.MAX_FILES) List<Entry> files) {
  static final Codec<ManifestLayout> CODEC = Codec.of(ManifestLayout.class);

  /// A file: under which name it is sent, and how its blob opens.
  public record Entry(
      @Length(min = 1, max = 255) String name,
      long size,
      long modified,
      @Length(max = 255) String type,
      Hash contentHash,
      FileId file,
      BlobId blob,
      long blobLength,
      @Length(min = 32, max = 32) Bytes contentKey) {
    @Override
    public String toString() {
      return "ManifestLayout.Entry";
    }
  }

  @Override
  public String toString() {
    return "ManifestLayout";
  }
}
