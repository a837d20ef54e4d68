package dev.cofre.client.replica;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Seals what lies on this disk, each piece for its file and its place in it. The key belongs to the keystore.
public final class LocalSeal {
  private final SecretBytes key;
  private final RandomSource random;

  /// Seals with a key of 32 bytes, which must outlive this.
  public LocalSeal(SecretBytes key, RandomSource random) {
    this.key = key;
    this.random = random;
  }

  byte[] seal(String file, long place, byte[] content) {
    return Cobblestone.seal(key, context(file, place), content, random);
  }

  /// @throws LocalState of kind `DAMAGED` when it was not sealed for this place
  byte[] open(String file, long place, byte[] sealed) throws LocalState {
    try {
      return Cobblestone.open(key, context(file, place), sealed);
    } catch (Tampered _) {
      throw damaged(file);
    }
  }

  static LocalState damaged(String file) {
    return new LocalState(
        LocalState.Kind.DAMAGED,
        "this device's memory (" + file + ") is damaged",
        "Add this device again from another one, or restore from a recovery kit, in another directory.");
  }

  static LocalState missing(String file) {
    return new LocalState(
        LocalState.Kind.MISSING,
        "this device's memory ("
            + file
            + ") is gone, so it cannot tell what the server should show",
        "Add this device again from another one, or restore from a recovery kit, in another directory.");
  }

  private static byte[] context(String file, long place) {
    return Context.of(
        Label.LOCAL,
        Bytes.of(file.getBytes(StandardCharsets.UTF_8)),
        Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(place).array()));
  }
}
