package dev.cofre.server.domain;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.store.BlobRow;
import dev.cofre.server.store.BlobRows;
import dev.cofre.server.store.FetchRows;
import dev.cofre.server.store.ObjectRows;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.VaultRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/// Contents: which exist, who may have their bytes, and who had them.
@Singleton
public class Blobs {
  private final BlobRows blobs;
  private final ObjectRows objects;
  private final FetchRows fetches;
  private final BlobStore store;
  private final InstantSource clock;

  Blobs(
      BlobRows blobs, ObjectRows objects, FetchRows fetches, BlobStore store, InstantSource clock) {
    this.blobs = blobs;
    this.objects = objects;
    this.fetches = fetches;
    this.store = store;
    this.clock = clock;
  }

  /// Part of a content: `length` bytes from `first` of `total`, to be read and closed.
  public record Part(InputStream bytes, long first, long length, long total) {}

  /// Makes sure that a commit may refer to contents, and that none of them is swept away meanwhile.
  void require(TeamId team, VaultId vault, Set<BlobId> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    objects.spare(team.value(), vault.value(), Raw.of(wanted));
    Refusal.unless(
        blobs.countComplete(team.value(), vault.value(), Raw.of(wanted)) == wanted.size(),
        Problem.UNKNOWN_BLOB,
        "a blob is not in this vault, or not complete");
  }

  /// Gives up contents to which no revision refers any more, and objects that hold no other content.
  void release(VaultRow vault, Set<Bytes> contents, long now) {
    if (contents.isEmpty()) {
      return;
    }
    Set<Bytes> holders =
        blobs.find(vault.team(), vault.vault(), Raw.ofBytes(contents)).stream()
            .map(BlobRow::object)
            .collect(Collectors.toSet());
    blobs.deleteUnused(vault.team(), vault.vault(), Raw.ofBytes(contents));
    if (!holders.isEmpty()) {
      objects.settle(vault.team(), vault.vault(), Raw.ofBytes(holders), now);
      objects.dropEmpty(vault.team(), vault.vault(), Raw.ofBytes(holders), now);
    }
  }

  /// How long a content is that a revision refers to.
  public long length(TeamId team, VaultId vault, BlobId blob) {
    return readable(team, vault, blob).length();
  }

  /// Gives part of a content, and notes that this member had it. What cannot be read fails here; the store is asked for the
  /// bytes when they are read.
  public Part open(
      TeamId team, VaultId vault, BlobId blob, MemberId reader, long first, long length)
      throws IOException {
    BlobRow row = readable(team, vault, blob);
    fetches.note(team.value(), vault.value(), reader.value(), blob.value(), clock.millis());
    ObjectKey key = Objects.key(team, vault, row.object());
    long offset = row.start() + first;
    store.requireReadable(key, offset, length);
    return new Part(
        new LaterStream(() -> store.read(key, offset, length)), first, length, row.length());
  }

  /// How many different files a member had.
  public long countFiles(TeamId team, VaultId vault, MemberId member) {
    return fetches.countFiles(team.value(), vault.value(), member.value());
  }

  private BlobRow readable(TeamId team, VaultId vault, BlobId blob) {
    return blobs.readable(team.value(), vault.value(), blob.value()).orElseThrow(Refusal::notFound);
  }
}
