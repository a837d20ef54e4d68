package dev.cofre.client.transfer;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Server;
import dev.cofre.client.replica.UploadJournal;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One upload: cuts a stream into parts and sends up to [#PARALLEL] of them at a time while the next is being read. Closing
/// waits for what is under way.
final class PartSender implements AutoCloseable {
  /// Parts under way at once; each holds 8 MiB.
  static final int PARALLEL = 5;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final Uploads.Begin begin;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(PARALLEL);
  private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable CofreException> failure = new AtomicReference<>();
  private final Optional<UploadJournal> journal;
  private final Set<Integer> arrived;
  private final boolean complete;

  private PartSender(
      Server server,
      TeamId team,
      VaultId vault,
      Uploads.Begin begin,
      Optional<UploadJournal> journal,
      Uploads.State state) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.begin = begin;
    this.journal = journal;
    arrived = state.parts().stream().map(Uploads.Part::number).collect(Collectors.toSet());
    complete = state.stage() == Uploads.Stage.COMPLETE;
  }

  /// Begins an upload, or finds it again.
  ///
  /// @param journal remembers each part before it leaves, where the upload may go on later
  static PartSender begin(
      Server server,
      TeamId team,
      VaultId vault,
      Uploads.Begin begin,
      Optional<UploadJournal> journal)
      throws CofreException {
    return new PartSender(
        server, team, vault, begin, journal, server.beginUpload(team, vault, begin));
  }

  /// Reads the stream to its end and sends all of it, except parts that have arrived.
  ///
  /// @throws LocalState when a part that has left before is another now: then none of what follows has been sent
  void sendAll(InputStream in) throws CofreException, IOException {
    for (int number = 1; ; number++) {
      acquire();
      byte[] buffer = buffer();
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length == 0) {
        room.release();
        break;
      }
      Part part = new Part(number, buffer, length);
      if (isThere(part)) {
        giveBack(part);
      } else {
        threads.execute(() -> send(part));
      }
    }
    for (int i = 0; i < PARALLEL; i++) {
      acquire();
    }
    room.release(PARALLEL);
    throwFailure();
  }

  /// One part, in a buffer that the next ones use again.
  private static final class Part {
    private final int number;
    private final byte[] buffer;
    private final int length;

    Part(int number, byte[] buffer, int length) {
      this.number = number;
      this.buffer = buffer;
      this.length = length;
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(buffer, 0, length);
    }

    Hash hash() {
      Hashes.Running hash = Hashes.running();
      hash.update(buffer, 0, length);
      return new Hash(hash.finish());
    }
  }

  private byte[] buffer() {
    byte[] used = buffers.poll();
    return used == null ? new byte[(int) Math.min(Uploads.PART_SIZE, begin.length())] : used;
  }

  private void giveBack(Part part) {
    buffers.add(part.buffer);
    room.release();
  }

  private boolean isThere(Part part) throws LocalState {
    boolean there = complete || arrived.contains(part.number);
    Optional<Hash> left = journal.flatMap(known -> known.left(part.number));
    boolean same = left.isEmpty() ? journal.isEmpty() || !there : left.get().equals(part.hash());
    if (!same) {
      throw new LocalState(
          LocalState.Kind.FILE, "the file is not the one whose upload was interrupted");
    }
    return there;
  }

  void complete() throws CofreException {
    if (!complete) {
      server.completeUpload(team, vault, begin.upload());
    }
  }

  private void send(Part part) {
    try {
      if (failure.get() == null) {
        if (journal.isPresent()) {
          journal.get().leaving(part.number, part.hash());
        }
        server.putPart(team, vault, begin.upload(), part.number, part.bytes());
      }
    } catch (CofreException e) {
      failure.compareAndSet(null, e);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, new Unreachable("sending a part failed", e));
    } finally {
      giveBack(part);
    }
  }

  private void acquire() throws CofreException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted while sending", e);
    }
    CofreException failed = failure.get();
    if (failed != null) {
      room.release();
      throw failed;
    }
  }

  private void throwFailure() throws CofreException {
    CofreException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /// Gives the upload up, after what is under way.
  void abort() {
    threads.close();
    try {
      server.abortUpload(team, vault, begin.upload());
    } catch (CofreException _) {
      // the server collects what nobody completes
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
