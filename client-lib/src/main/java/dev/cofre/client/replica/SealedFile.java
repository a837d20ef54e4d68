package dev.cofre.client.replica;

import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.nio.file.Path;
import java.util.Optional;

/// One value in one sealed file, replaced as a whole.
final class SealedFile<T> {
  private static final int MAX_LENGTH = 256 << 20;

  private final Path path;
  private final String name;
  private final LocalSeal seal;
  private final Codec<T> codec;

  SealedFile(Path directory, String name, LocalSeal seal, Codec<T> codec) {
    this.path = directory.resolve(name);
    this.name = name;
    this.seal = seal;
    this.codec = codec;
  }

  Optional<T> read() throws LocalState {
    Optional<byte[]> sealed = PrivateFiles.read(path, MAX_LENGTH);
    if (sealed.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.decode(seal.open(name, 0, sealed.get())));
    } catch (MalformedException _) {
      throw LocalSeal.damaged(name);
    }
  }

  void write(T value) throws LocalState {
    PrivateFiles.replace(path, seal.seal(name, 0, codec.encode(value)));
  }
}
