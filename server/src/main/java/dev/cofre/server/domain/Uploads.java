package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs.Address;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Uploads.Begin;
import dev.cofre.protocol.api.Uploads.Blob;
import dev.cofre.protocol.api.Uploads.Part;
import dev.cofre.protocol.api.Uploads.PartHash;
import dev.cofre.protocol.api.Uploads.Receipt;
import dev.cofre.protocol.api.Uploads.Stage;
import dev.cofre.protocol.api.Uploads.State;
import dev.cofre.server.blob.BlobFailure;
import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.DirectStore;
import dev.cofre.server.blob.PartTag;
import dev.cofre.server.blob.SignedAddress;
import dev.cofre.server.blob.UploadHandle;
import dev.cofre.server.store.BlobRow;
import dev.cofre.server.store.BlobRows;
import dev.cofre.server.store.ObjectRow;
import dev.cofre.server.store.ObjectRows;
import dev.cofre.server.store.PartRow;
import dev.cofre.server.store.PartRows;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.Statistics;
import dev.cofre.server.store.TeamRows;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bringing objects: begun, filled part by part in any order, completed. Rows follow durable bytes. An upload belongs to the
/// member who began it.
@Singleton
public class Uploads {
  private static final int OBJECT_ID_LENGTH = 16;
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  private final ObjectRows objects;
  private final PartRows parts;
  private final BlobRows blobs;
  private final VaultRows vaults;
  private final BlobStore store;
  private final DirectStore direct;
  private final Transactions transactions;
  private final TeamStates states;
  private final Rights rights;
  private final TeamRows teams;
  private final Quota quota;
  private final Turns turns;
  private final Statistics statistics;
  private final InstantSource clock;
  private final RandomGenerator random;

  Uploads(
      ObjectRows objects,
      PartRows parts,
      BlobRows blobs,
      VaultRows vaults,
      BlobStore store,
      DirectStore direct,
      Transactions transactions,
      TeamStates states,
      Rights rights,
      TeamRows teams,
      Quota quota,
      Turns turns,
      Statistics statistics,
      InstantSource clock,
      RandomGenerator random) {
    this.objects = objects;
    this.parts = parts;
    this.blobs = blobs;
    this.vaults = vaults;
    this.store = store;
    this.direct = direct;
    this.transactions = transactions;
    this.states = states;
    this.rights = rights;
    this.teams = teams;
    this.quota = quota;
    this.turns = turns;
    this.statistics = statistics;
    this.clock = clock;
    this.random = random;
  }

  /// An upload of a member in a vault.
  public record Place(TeamId team, VaultId vault, MemberId member, UploadId upload) {}

  /// Begins an upload, or finds it again.
  public State begin(Place place, Begin request) throws IOException {
    Optional<ObjectRow> existing = row(place);
    if (existing.isPresent()) {
      return found(place, existing.get(), request);
    }
    byte[] id = new byte[OBJECT_ID_LENGTH];
    random.nextBytes(id);
    Bytes object = Bytes.of(id);
    UploadHandle handle = store.begin(Objects.key(place.team(), place.vault(), object));
    ObjectRow row =
        new ObjectRow(
            place.team().value(),
            place.vault().value(),
            object,
            place.upload().value(),
            place.member().value(),
            handle.value(),
            request.length(),
            Objects.OPEN,
            clock.millis(),
            0);
    ObjectRow stored;
    try {
      stored =
          turns.take(
              place.team(),
              place.vault(),
              () -> transactions.write(() -> insert(place, row, request)));
    } catch (Refusal refused) {
      giveUp(place, row);
      throw refused;
    }
    if (!stored.equals(row)) {
      giveUp(place, row);
      return found(place, stored, request);
    }
    statistics.grew(request.blobs().size());
    return new State(place.upload(), request.length(), List.of(), Stage.OPEN);
  }

  /// Frees an upload of which no row knows. Where that fails, and where it is not certain that no row knows of it, the sweep
  /// does it later.
  private void giveUp(Place place, ObjectRow row) {
    try {
      store.abort(
          Objects.key(place.team(), place.vault(), row.object()), new UploadHandle(row.handle()));
    } catch (IOException e) {
      LOG.warn("event=abort-failed cause={}", e.getClass().getSimpleName());
    }
  }

  /// Since the request was let in, its body may have taken hours.
  private void requireWriter(Place place) {
    rights.require(states.now(place.team()), place.vault(), place.member(), VaultRole.EDITOR);
  }

  private ObjectRow insert(Place place, ObjectRow row, Begin request) {
    if (quota.limits()) {
      Refusal.unlessFound(teams.lock(row.team()));
    }
    Refusal.unlessFound(vaults.lock(row.team(), row.vault()));
    requireWriter(place);
    Optional<ObjectRow> raced = row(place);
    if (raced.isPresent()) {
      return raced.get();
    }
    List<BlobRow> contents = layout(row, request);
    boolean fresh =
        contents.stream().map(BlobRow::blob).distinct().count() == contents.size()
            && blobs.find(row.team(), row.vault(), Raw.ofBytes(ids(contents))).isEmpty();
    Refusal.unless(fresh, Problem.ID_TAKEN, "a blob of this id is there already");
    requireShare(row);
    objects.insert(row);
    blobs.insertAll(contents);
    return row;
  }

  /// The team is locked, so that two uploads cannot take the same room.
  private void requireShare(ObjectRow row) {
    Refusal.unless(
        !quota.limits() || row.length() <= quota.bytes() - objects.bytes(row.team()),
        Problem.TEAM_FULL,
        "the team's share of the storage is used up");
  }

  private State found(Place place, ObjectRow row, Begin request) {
    boolean same =
        row.member().equals(place.member().value())
            && row.stage() != Objects.CONDEMNED
            && blobs.all(row.team(), row.vault(), row.object()).equals(layout(row, request));
    Refusal.unless(same, Problem.ID_TAKEN, "this upload id stands for other blobs");
    return state(place, row);
  }

  /// What has arrived.
  public State state(Place place) {
    return state(place, require(place));
  }

  private State state(Place place, ObjectRow row) {
    boolean complete = row.stage() == Objects.COMPLETE;
    List<Part> arrived =
        parts.all(row.team(), row.vault(), row.object()).stream()
            .map(p -> new Part(p.number()))
            .toList();
    return new State(place.upload(), row.length(), arrived, complete ? Stage.COMPLETE : Stage.OPEN);
  }

  /// Stores one part durably, streaming. `length` is what the request announces. Where there is no room the rest of the content
  /// is read and dropped: a sender that is cut off in the middle hears no answer.
  public void put(Place place, int number, OptionalLong length, InputStream content)
      throws IOException {
    ObjectRow row = require(place);
    long announced =
        length.orElseThrow(
            () -> new Refusal(Problem.LENGTH_REQUIRED, "a part needs its length before its bytes"));
    long expected = PartPlan.length(row.length(), number).orElseThrow(Refusal::notFound);
    Refusal.unless(announced <= expected, Problem.TOO_LARGE, "longer than this part is");
    Refusal.unless(announced == expected, Problem.MALFORMED, "shorter than this part is");
    if (row.stage() == Objects.COMPLETE) {
      return;
    }
    try {
      PartTag tag =
          store.put(
              Objects.key(place.team(), place.vault(), row.object()),
              new UploadHandle(row.handle()),
              number,
              announced,
              content);
      transactions.write(() -> note(place, row, tag));
    } catch (BlobFailure.NoSuchUpload _) {
      throw Refusal.notFound();
    } catch (BlobFailure.ShortContent _) {
      throw new Refusal(Problem.MALFORMED, "the part ended early");
    } catch (BlobFailure.Full full) {
      content.transferTo(OutputStream.nullOutputStream());
      throw full;
    }
  }

  /// Where the sender may put a part itself, for a moment. Nowhere where parts come through this server: all of them, those of short
  /// objects and of packs, and what an upload that is complete needs no more.
  public Address address(Place place, int number, PartHash hash) throws IOException {
    ObjectRow row = require(place);
    long length = PartPlan.length(row.length(), number).orElseThrow(Refusal::notFound);
    if (row.stage() == Objects.COMPLETE || !isDirect(row)) {
      return new Address(Optional.empty());
    }
    requireWriter(place);
    objects.touch(row.team(), row.vault(), row.object(), clock.millis());
    try {
      return new Address(
          direct
              .forPart(
                  Objects.key(place.team(), place.vault(), row.object()),
                  new UploadHandle(row.handle()),
                  number,
                  length,
                  hash.sha256().toArray())
              .map(SignedAddress::text));
    } catch (BlobFailure.NoSuchUpload _) {
      throw Refusal.notFound();
    }
  }

  private boolean isDirect(ObjectRow row) {
    return direct.isOffered()
        && row.length() > dev.cofre.protocol.api.Blobs.DIRECT_ABOVE
        && blobs.all(row.team(), row.vault(), row.object()).size() == 1;
  }

  /// Notes a part that its sender put into the storage. That is the sender's word: completing asks the storage for exactly this part, and
  /// for the length of the whole.
  public void stored(Place place, int number, Receipt receipt) {
    ObjectRow row = require(place);
    long length = PartPlan.length(row.length(), number).orElseThrow(Refusal::notFound);
    Refusal.unlessFound(Optional.of(direct).filter(DirectStore::isOffered));
    if (row.stage() == Objects.OPEN) {
      PartTag tag = new PartTag(number, length, receipt.tag());
      transactions.write(() -> note(place, row, tag));
    }
  }

  private PartTag note(Place place, ObjectRow row, PartTag tag) {
    requireWriter(place);
    Refusal.unlessFound(
        objects
            .lock(row.team(), row.vault(), row.upload())
            .filter(now -> now.stage() == Objects.OPEN));
    parts.set(
        new PartRow(row.team(), row.vault(), row.object(), tag.number(), tag.length(), tag.tag()));
    objects.touch(row.team(), row.vault(), row.object(), clock.millis());
    return tag;
  }

  /// Makes the blobs available to a commit. Repeating it is harmless.
  public void complete(Place place) throws IOException {
    ObjectRow row = require(place);
    if (row.stage() == Objects.COMPLETE) {
      return;
    }
    List<PartTag> tags = new ArrayList<>();
    for (PartRow part : parts.all(row.team(), row.vault(), row.object())) {
      tags.add(new PartTag(part.number(), part.length(), part.tag()));
    }
    if (tags.stream().mapToLong(PartTag::length).sum() != row.length()) {
      requireCompleted(place);
      return;
    }
    try {
      store.complete(
          Objects.key(place.team(), place.vault(), row.object()),
          new UploadHandle(row.handle()),
          tags);
    } catch (BlobFailure.NoSuchPart _) {
      parts.deleteAll(row.team(), row.vault(), row.object());
      throw new Refusal(Problem.UPLOAD_INCOMPLETE, "a part was replaced meanwhile: put all again");
    } catch (BlobFailure.NoSuchUpload _) {
      throw Refusal.notFound();
    }
    requireWhole(place, row);
    transactions.write(() -> finish(row));
  }

  /// Commits rely on it for good, so it is looked at once more.
  private void requireWhole(Place place, ObjectRow row) throws IOException {
    OptionalLong size = store.size(Objects.key(place.team(), place.vault(), row.object()));
    if (size.isEmpty() || size.getAsLong() != row.length()) {
      throw new BlobFailure.Unavailable("a completed object is not there, or of another length", 0);
    }
  }

  /// The parts are gone from the rows because the same request, sent before, has completed the upload meanwhile; or some never came.
  private void requireCompleted(Place place) {
    Refusal.unless(
        require(place).stage() == Objects.COMPLETE, Problem.UPLOAD_INCOMPLETE, "parts are missing");
  }

  /// An upload that the sweep has condemned meanwhile is gone, whatever the store said.
  private ObjectRow finish(ObjectRow row) {
    Refusal.unlessFound(
        objects
            .lock(row.team(), row.vault(), row.upload())
            .filter(now -> now.stage() != Objects.CONDEMNED));
    objects.leaveOpen(row.team(), row.vault(), row.object(), Objects.COMPLETE, clock.millis());
    parts.deleteAll(row.team(), row.vault(), row.object());
    return row;
  }

  /// Gives an upload up that is not complete; one that is complete is left to the sweep.
  public void abort(Place place) {
    ObjectRow row = require(place);
    objects.leaveOpen(row.team(), row.vault(), row.object(), Objects.CONDEMNED, clock.millis());
  }

  private Optional<ObjectRow> row(Place place) {
    return objects.find(place.team().value(), place.vault().value(), place.upload().value());
  }

  private ObjectRow require(Place place) {
    return row(place)
        .filter(r -> r.member().equals(place.member().value()))
        .filter(r -> r.stage() != Objects.CONDEMNED)
        .orElseThrow(Refusal::notFound);
  }

  private static List<BlobRow> layout(ObjectRow row, Begin request) {
    List<BlobRow> rows = new ArrayList<>();
    long start = 0;
    for (Blob blob : request.blobs()) {
      rows.add(
          new BlobRow(
              row.team(), row.vault(), blob.blob().value(), row.object(), start, blob.length()));
      start += blob.length();
    }
    return rows;
  }

  private static List<Bytes> ids(List<BlobRow> rows) {
    return rows.stream().map(BlobRow::blob).toList();
  }
}
