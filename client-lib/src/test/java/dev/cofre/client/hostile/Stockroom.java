package dev.cofre.client.hostile;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.protocol.api.Blobs;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// The storage beside the server, for lines that deliver directly: addresses that nobody can guess, each for one thing.
final class Stockroom {
  private static final String PATH = "/stockroom/";

  private final String origin;
  private final AtomicReference<UnaryOperator<Answer>> lie =
      new AtomicReference<>(UnaryOperator.identity());
  private final Map<String, Doorway.Host> doors = new ConcurrentHashMap<>();

  Stockroom(String origin) {
    this.origin = origin;
  }

  /// An address at which this is done.
  Blobs.Address address(Doorway.Host what) {
    String path =
        PATH + HexFormat.of().formatHex(RandomSource.system().bytes(16).toArray()) + "?X-Sig=1";
    doors.put(path, what);
    return new Blobs.Address(Optional.of(origin + path));
  }

  /// Makes something else of every answer from now on.
  void lie(UnaryOperator<Answer> how) {
    lie.set(how);
  }

  /// What is done at an address, if it is one of these.
  Optional<Answer> answer(Received request) {
    return Optional.ofNullable(doors.get(request.target()))
        .map(door -> lie.get().apply(door.answer(request)));
  }
}
