package dev.cofre.client.format;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Length;
import java.util.List;

/// The CBOR inside a sealed record. Lives only between [FileRecord] and its bytes, because it holds a key.
public sealed interface RecordLayout {
  /// The wire form.
  Codec<RecordLayout> CODEC = Codec.of(RecordLayout.class);

  /// A version of a file.
  @Kind(1)
  record OfFile(
      @Length(min = 2, max = RecordPath.MAX_LENGTH) String path,
      long size,
      long modified,
      @Length(max = 255) String type,
      Category category,
      @Length(min = 32, max = 32) Bytes contentHash,
      @Length(max = 64) List<String> tags,
      @Length(min = 32, max = 32) Bytes contentKey,
      long blobLength)
      implements RecordLayout {
    @Override
    public String toString() {
      return "RecordLayout.OfFile";
    }
  }

  /// The vault's name.
  @Kind(2)
  record OfVault(@Length(min = 1, max = 200) String name) implements RecordLayout {}

  /// What left the team by a send. `contents` are the first of `count`. Kind 3 is none: a vector stands for it.
  @Kind(4)
  record OfSend(
      @Length(max = 200) String label,
      @Length(max = 4000) String note,
      long count,
      @Length(max = SendDescription.MAX_NAMED) List<Content> contents)
      implements RecordLayout {
    @Override
    public String toString() {
      return "RecordLayout.OfSend";
    }
  }

  /// One thing that was sent.
  record Content(@Length(min = 1, max = 255) String name, long size) {
    @Override
    public String toString() {
      return "RecordLayout.Content";
    }
  }
}
