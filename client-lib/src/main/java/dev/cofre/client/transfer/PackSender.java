package dev.cofre.client.transfer;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Sends packs while the next one is filled: up to [#UNDER_WAY] at a time, each of which is in memory. Closing waits for what is under way.
final class PackSender implements AutoCloseable {
  private static final int UNDER_WAY = 2;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final Consumer<Uploader.Result> results;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Future<List<Uploader.Result.Stored>>> underWay = new ArrayDeque<>();

  /// @param results hears of each content whose object is complete, in order, by the thread that calls this
  PackSender(Server server, TeamId team, VaultId vault, Consumer<Uploader.Result> results) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.results = results;
  }

  /// Sends a pack, which is closed afterwards, and waits until there is room for another.
  void send(Pack pack) throws CofreException {
    underWay.add(
        threads.submit(() -> {
          try (pack) {
            return pack.send(server, team, vault);
          }
        }));
    await(UNDER_WAY - 1);
  }

  /// Waits until all are there.
  void finish() throws CofreException {
    await(0);
  }

  private void await(int left) throws CofreException {
    while (underWay.size() > left) {
      try {
        underWay.remove().get().forEach(results);
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case CofreException failure -> throw failure;
          case RuntimeException fault -> throw fault;
          case Error fault -> throw fault;
          case null, default -> throw new IllegalStateException(e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unreachable("interrupted while sending", e);
      }
    }
  }

  /// What was under way and is complete by now is nobody's any more, once something else has failed: no commit names it.
  @Override
  public void close() {
    threads.close();
    for (Future<List<Uploader.Result.Stored>> done : underWay) {
      if (done.state() == Future.State.SUCCESS) {
        done.resultNow().forEach(stored -> stored.content().close());
      }
    }
  }
}
