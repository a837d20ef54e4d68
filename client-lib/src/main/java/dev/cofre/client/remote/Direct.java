package dev.cofre.client.remote;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.remote.Retries.AgainLater;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Uploads;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Large contents between this client and the storage, where the server wants it so. It says where; the storage that it named first stays the
/// only one, so it cannot send a client around. Of what it does not say where, it takes and gives the bytes itself.
final class Direct {
  /// How long an address of a blob is used again: its ranges are asked for one by one.
  private static final long KEPT = Duration.ofSeconds(Blobs.ADDRESS_SECONDS / 4).toMillis();

  private static final int MOST_KEPT = 64;
  private static final int PIECE = 64 << 10;

  private final Calls calls;
  private final Origin server;
  private final InstantSource clock;
  private final Map<BlobId, Known> known = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Origin> storage = new AtomicReference<>();

  Direct(Calls calls, Origin server, InstantSource clock) {
    this.calls = calls;
    this.server = server;
    this.clock = clock;
  }

  /// Where a blob is, or that the server gives it, as far as known at a time in milliseconds.
  private record Known(Optional<SignedAddress> address, long since) {}

  /// Puts a part into the storage and tells the server.
  ///
  /// @return whether it did: otherwise the part goes to the server
  boolean put(TeamId team, VaultId vault, UploadId upload, int number, ByteBuffer part)
      throws CofreException {
    if (!isWanted(team)) {
      return false;
    }
    Bytes hash = hash(part);
    Request where =
        Request.of(Route.PART_ADDRESS, team, vault, upload, number)
            .with(Uploads.PartHash.CODEC.encode(new Uploads.PartHash(hash)));
    Optional<Uploads.Receipt> receipt =
        calls.repeating(() -> {
          Optional<SignedAddress> address = ask(where, team);
          return address.isEmpty()
              ? Optional.empty()
              : Optional.of(calls.storage().put(address.get(), part, hash));
        });
    if (receipt.isEmpty()) {
      return false;
    }
    byte[] said = Uploads.Receipt.CODEC.encode(receipt.get());
    calls.nothing(
        Request.of(Route.PART_STORED, team, vault, upload, number).with(said), Optional.of(team));
    return true;
  }

  /// A blob from the storage, as [Server#blob] gives it; nothing where the server is to be asked.
  Optional<InputStream> get(
      TeamId team, VaultId vault, BlobId blob, long offset, OptionalLong length)
      throws CofreException {
    if (!isWanted(team)) {
      return Optional.empty();
    }
    return calls.repeating(() -> {
      Optional<SignedAddress> address = address(team, vault, blob);
      try {
        return address.isEmpty()
            ? Optional.empty()
            : Optional.of(calls.storage().get(address.get(), offset, length));
      } catch (AgainLater later) {
        known.remove(blob);
        throw later;
      }
    });
  }

  private boolean isWanted(TeamId team) throws CofreException {
    return calls.delivery(team) == Sessions.Delivery.DIRECT;
  }

  private static Bytes hash(ByteBuffer part) {
    Hashes.Running hash = Hashes.running();
    ByteBuffer bytes = part.duplicate();
    byte[] piece = new byte[Math.min(PIECE, bytes.remaining())];
    while (bytes.hasRemaining()) {
      int count = Math.min(piece.length, bytes.remaining());
      bytes.get(piece, 0, count);
      hash.update(piece, 0, count);
    }
    return hash.finish();
  }

  private Optional<SignedAddress> address(TeamId team, VaultId vault, BlobId blob)
      throws CofreException, AgainLater {
    long now = clock.millis();
    Known earlier = known.get(blob);
    if (earlier != null && now - earlier.since() < KEPT) {
      return earlier.address();
    }
    Optional<SignedAddress> address = ask(Request.of(Route.BLOB_ADDRESS, team, vault, blob), team);
    if (known.size() >= MOST_KEPT) {
      known.clear();
    }
    known.put(blob, new Known(address, now));
    return address;
  }

  private Optional<SignedAddress> ask(Request where, TeamId team)
      throws CofreException, AgainLater {
    Optional<String> said = calls.attempt(where, team, Blobs.Address.CODEC).url();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    SignedAddress address = SignedAddress.read(said.get(), server);
    if (!storage.compareAndSet(null, address.origin()) && !address.origin().equals(storage.get())) {
      throw new Malformed("the server sends to one storage and then to another");
    }
    return Optional.of(address);
  }
}
