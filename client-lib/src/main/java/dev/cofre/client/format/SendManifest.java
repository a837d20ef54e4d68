package dev.cofre.client.format;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a send hands out: a text, or files with the keys of their contents, which are wiped on close. Read as hostile: whoever made the link
/// may be anybody.
public final class SendManifest implements AutoCloseable {
  /// Longest text in bytes of UTF-8.
  public static final int MAX_TEXT = 64 << 10;

  /// Most files.
  public static final int MAX_FILES = 4096;

  /// Longest manifest in bytes.
  public static final int MAX_LENGTH = 3 << 20;

  private final Facts facts;
  private final List<File> files;

  /// What a manifest says besides the files.
  ///
  /// @param sender the name of whoever sends
  /// @param note what they say with it; may be empty
  /// @param time when it was made, by its maker's clock
  /// @param text what is sent, where it is no file
  public record Facts(
      TeamId team, VaultId vault, String sender, String note, Instant time, Optional<String> text) {
    @Override
    public String toString() {
      return "SendManifest.Facts";
    }
  }

  /// One file. Owns the key of its content.
  ///
  /// @param name as its sender says: any text
  /// @param size bytes of the content
  /// @param contentHash SHA-256 of the content
  /// @param file the file id under which its blob is sealed
  /// @param key of the content
  public record File(
      String name,
      long size,
      Instant modified,
      String type,
      Hash contentHash,
      FileId file,
      BlobId blob,
      SecretBytes key) {
    /// Refuses a size that no file has.
    public File {
      PaddedFrame.length(size);
    }

    @Override
    public String toString() {
      return "SendManifest.File";
    }
  }

  private SendManifest(Facts facts, List<File> files) {
    this.facts = facts;
    this.files = List.copyOf(files);
  }

  /// A manifest; takes over the keys of the files.
  public static SendManifest of(Facts facts, List<File> files) {
    return new SendManifest(facts, files);
  }

  /// What it says besides the files.
  public Facts facts() {
    return facts;
  }

  /// The files.
  public List<File> files() {
    return files;
  }

  /// The CBOR. The caller wipes it.
  public byte[] encode() {
    return ManifestLayout.CODEC.encode(
        new ManifestLayout(
            facts.team(),
            facts.vault(),
            facts.sender(),
            facts.note(),
            facts.time().toEpochMilli(),
            facts.text(),
            files.stream().map(SendManifest::layout).toList()));
  }

  private static ManifestLayout.Entry layout(File file) {
    return new ManifestLayout.Entry(
        file.name(),
        file.size(),
        file.modified().toEpochMilli(),
        file.type(),
        file.contentHash(),
        file.file(),
        file.blob(),
        PaddedFrame.sealedLength(file.size()),
        Bytes.of(file.key().toArray()));
  }

  /// Reads one.
  ///
  /// @throws CofreException [Malformed], or [Unsupported] when a newer release wrote it
  public static SendManifest read(byte[] cbor) throws CofreException {
    List<File> files = new ArrayList<>();
    try {
      ManifestLayout layout = ManifestLayout.CODEC.decode(cbor);
      for (ManifestLayout.Entry entry : layout.files()) {
        files.add(file(entry));
      }
      return new SendManifest(
          new Facts(
              layout.team(),
              layout.vault(),
              layout.sender(),
              layout.note(),
              Instant.ofEpochMilli(layout.time()),
              layout.text()),
          files);
    } catch (UpdateNeededException _) {
      throw new Unsupported("the send is of a newer version", "Update Cofre to open it.");
    } catch (MalformedException | IllegalArgumentException e) {
      files.forEach(file -> file.key().close());
      throw new Malformed("what is sent cannot be read: " + e.getMessage());
    }
  }

  private static File file(ManifestLayout.Entry entry) {
    File file =
        new File(
            entry.name(),
            entry.size(),
            Instant.ofEpochMilli(entry.modified()),
            entry.type(),
            entry.contentHash(),
            entry.file(),
            entry.blob(),
            SecretBytes.taking(entry.contentKey().toArray()));
    if (entry.blobLength() != PaddedFrame.sealedLength(entry.size())) {
      throw new IllegalArgumentException("a size and a blob length that do not belong together");
    }
    return file;
  }

  @Override
  public void close() {
    files.forEach(file -> file.key().close());
  }

  @Override
  public String toString() {
    return "SendManifest[" + files.size() + " files]";
  }
}
