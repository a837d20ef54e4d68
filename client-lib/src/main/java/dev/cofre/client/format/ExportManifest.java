package dev.cofre.client.format;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;
import java.util.List;

/// What an encrypted export holds: of which state of team and vault, whose wraps, made by which device and when, and its files by name.
@Versioned
public record ExportManifest(
    TeamId team,
    Head teamHead,
    VaultHead vault,
    MemberId member,
    DeviceId device,
    long time,
    @Length(min = 1, max = 16) List<ExportedFile> files) {
  /// The form of the bytes.
  public static final Codec<ExportManifest> CODEC = Codec.of(ExportManifest.class);

  /// A file of the export, its length in bytes and its SHA-256.
  public record ExportedFile(@Length(min = 1, max = 64) String name, long length, Hash hash) {}

  /// A sealed content of the export, its length in bytes and its SHA-256.
  public record ExportedContent(BlobId blob, long length, Hash hash) {
    /// The form of the bytes.
    public static final Codec<ExportedContent> CODEC = Codec.of(ExportedContent.class);
  }
}
