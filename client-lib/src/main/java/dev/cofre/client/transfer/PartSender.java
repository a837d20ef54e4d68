package dev.cofre.client.transfer;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One upload: cuts a stream into parts and sends up to [#PARALLEL] of them at a time while the next is being read. Closing
/// waits for what is under way; an upload that was not completed is given up.
final class PartSender implements AutoCloseable {
  /// Parts under way at once; each holds 8 MiB.
  static final int PARALLEL = 3;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final Uploads.Begin begin;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(PARALLEL);
  private final AtomicReference<@Nullable CofreException> failure = new AtomicReference<>();
  private boolean completed;

  private PartSender(Server server, TeamId team, VaultId vault, Uploads.Begin begin) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.begin = begin;
  }

  static PartSender begin(Server server, TeamId team, VaultId vault, Uploads.Begin begin)
      throws CofreException {
    server.beginUpload(team, vault, begin);
    return new PartSender(server, team, vault, begin);
  }

  /// Reads the stream to its end and sends all of it.
  void sendAll(InputStream in) throws CofreException, IOException {
    int number = 1;
    while (true) {
      acquire();
      byte[] part = in.readNBytes(Uploads.PART_SIZE);
      if (part.length == 0) {
        room.release();
        break;
      }
      int mine = number++;
      threads.execute(() -> send(mine, ByteBuffer.wrap(part)));
    }
    for (int i = 0; i < PARALLEL; i++) {
      acquire();
    }
    room.release(PARALLEL);
    throwFailure();
  }

  void complete() throws CofreException {
    server.completeUpload(team, vault, begin.upload());
    completed = true;
  }

  private void send(int number, ByteBuffer part) {
    try {
      if (failure.get() == null) {
        server.putPart(team, vault, begin.upload(), number, part);
      }
    } catch (CofreException e) {
      failure.compareAndSet(null, e);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, new Unreachable("sending a part failed", e));
    } finally {
      room.release();
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

  @Override
  public void close() {
    threads.close();
    if (!completed) {
      try {
        server.abortUpload(team, vault, begin.upload());
      } catch (CofreException _) {
        // the server collects what nobody completes
      }
    }
  }
}
