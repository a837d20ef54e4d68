package dev.cofre.server.domain;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs.Address;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.DirectStore;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.blob.SignedAddress;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Contents: which exist, who may have their bytes, and who had them.
@Singleton
public class Blobs {
  private final BlobRows blobs;
  private final ObjectRows objects;
  private final FetchRows fetches;
  private final BlobStore store;
  private final DirectStore direct;
  private final InstantSource clock;

  Blobs(
      BlobRows blobs,
      ObjectRows objects,
      FetchRows fetches,
      BlobStore store,
      DirectStore direct,
      InstantSource clock) {
    this.blobs = blobs;
    this.objects = objects;
    this.fetches = fetches;
    this.store = store;
    this.direct = direct;
    this.clock = clock;
  }

  /// Part of a content: `length` bytes from `first` of `total`, to be read and closed.
  public record Part(InputStream bytes, long first, long length, long total) {}

  /// Gives up contents to which neither a revision nor a send refers any more, and objects that hold no other content.
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
    return part(row, first, length);
  }

  /// Gives part of a content that whoever calls has looked up.
  Part part(BlobRow row, long first, long length) throws IOException {
    ObjectKey key = Objects.key(new TeamId(row.team()), new VaultId(row.vault()), row.object());
    long offset = row.start() + first;
    store.requireReadable(key, offset, length);
    return new Part(
        new LaterStream(() -> store.read(key, offset, length)), first, length, row.length());
  }

  /// Where the reader may have a content from the storage itself, for a moment, and notes that this member had it. Nowhere where contents
  /// come through this server: all of them, and those that are short or not all that their object holds.
  public Address address(TeamId team, VaultId vault, BlobId blob, MemberId reader) {
    BlobRow row = readable(team, vault, blob);
    boolean whole =
        direct.isOffered()
            && row.length() > dev.cofre.protocol.api.Blobs.DIRECT_ABOVE
            && objects
                .length(row.team(), row.vault(), row.object())
                .equals(Optional.of(row.length()));
    if (!whole) {
      return new Address(Optional.empty());
    }
    fetches.note(team.value(), vault.value(), reader.value(), blob.value(), clock.millis());
    return new Address(
        direct.forReading(Objects.key(team, vault, row.object())).map(SignedAddress::text));
  }

  /// Several whole contents one after the other, to be read and closed, and their bytes together.
  public record Chain(InputStream bytes, long length) {}

  /// Gives several contents in the order asked for, and notes that this member had them. What cannot be read fails here, for all of them;
  /// the store is asked for the bytes when they are read, once for what lies side by side.
  ///
  /// @throws Refusal `NOT_FOUND` when one of them cannot be had, `TOO_LARGE` when they are too long for one answer
  public Chain openAll(TeamId team, VaultId vault, List<BlobId> wanted, MemberId reader)
      throws IOException {
    List<byte[]> ids = Raw.of(wanted);
    Map<Bytes, BlobRow> readable =
        blobs.allReadable(team.value(), vault.value(), ids).stream()
            .collect(Collectors.toMap(BlobRow::blob, row -> row));
    List<BlobRow> rows =
        wanted.stream()
            .flatMap(blob -> Optional.ofNullable(readable.get(blob.value())).stream())
            .toList();
    if (rows.size() < wanted.size()) {
      throw Refusal.notFound();
    }
    long length = rows.stream().mapToLong(BlobRow::length).sum();
    Refusal.unless(
        length <= dev.cofre.protocol.api.Blobs.MAX_BYTES,
        Problem.TOO_LARGE,
        "longer than one answer may be");
    fetches.noteAll(team.value(), vault.value(), reader.value(), ids, clock.millis());
    List<LaterStream> streams = new ArrayList<>();
    for (Span span : spans(rows)) {
      ObjectKey key = Objects.key(team, vault, span.object());
      store.requireReadable(key, span.start(), span.length());
      streams.add(new LaterStream(() -> store.read(key, span.start(), span.length())));
    }
    return new Chain(new ChainedStream(streams), length);
  }

  /// Bytes of one object.
  private record Span(Bytes object, long start, long length) {
    Optional<Span> with(BlobRow next) {
      return next.object().equals(object) && next.start() == start + length
          ? Optional.of(new Span(object, start, length + next.length()))
          : Optional.empty();
    }
  }

  private static List<Span> spans(List<BlobRow> rows) {
    List<Span> spans = new ArrayList<>();
    for (BlobRow row : rows) {
      Optional<Span> longer = spans.isEmpty() ? Optional.empty() : spans.getLast().with(row);
      if (longer.isPresent()) {
        spans.set(spans.size() - 1, longer.get());
      } else {
        spans.add(new Span(row.object(), row.start(), row.length()));
      }
    }
    return spans;
  }

  /// How many different files a member had.
  public long countFiles(TeamId team, VaultId vault, MemberId member) {
    return fetches.countFiles(team.value(), vault.value(), member.value());
  }

  private BlobRow readable(TeamId team, VaultId vault, BlobId blob) {
    return blobs.readable(team.value(), vault.value(), blob.value()).orElseThrow(Refusal::notFound);
  }
}
