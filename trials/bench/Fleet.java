package bench;

import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Devices of teams of their own in this process, each with a vault, that work at the same time.
final class Fleet implements AutoCloseable {
  private final List<Ship> ships = new ArrayList<>();

  /// A device and its vault.
  record Ship(Device device, Vault vault) {}

  /// What each does.
  @FunctionalInterface
  interface Work {
    void of(Ship ship) throws Exception;
  }

  Fleet(Workplace place, CofreServer server, int size)
      throws IOException, InterruptedException, CofreException {
    for (int i = 0; i < size; i++) {
      Device device = Device.founder(place.path("device" + i), server.url(), "Person " + i);
      ships.add(new Ship(device, device.cofre().createVault("trial")));
    }
  }

  /// The first of them.
  List<Ship> first(int count) {
    return ships.subList(0, Math.min(count, ships.size()));
  }

  /// Has some work, all beginning at once.
  ///
  /// @return the seconds until the last has ended
  static double work(List<Ship> ships, Work work) throws IOException, InterruptedException {
    CyclicBarrier start = new CyclicBarrier(ships.size() + 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(ships.size())) {
      List<Future<?>> done = new ArrayList<>();
      for (Ship ship : ships) {
        done.add(
            threads.submit(() -> {
              start.await();
              work.of(ship);
              return null;
            }));
      }
      start.await();
      long begun = System.nanoTime();
      for (Future<?> each : done) {
        each.get();
      }
      return (System.nanoTime() - begun) / 1e9;
    } catch (ExecutionException | BrokenBarrierException e) {
      throw new IOException("one of many failed", e);
    }
  }

  @Override
  public void close() {
    ships.forEach(ship -> ship.device().close());
  }
}
