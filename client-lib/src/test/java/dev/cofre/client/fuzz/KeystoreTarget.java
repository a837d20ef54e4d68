package dev.cofre.client.fuzz;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.keys.KeystoreLayout;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.cbor.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The file `keystore`: any bytes, or any content properly sealed in one. It opens, and says the same when saved and read again, or is
/// said to be damaged or not opened by this key.
public final class KeystoreTarget {
  private static final Codec<KeystoreLayout.Outer> FILE = Codec.of(KeystoreLayout.Outer.class);
  private static final Bytes SALT = Fixed.bytes(32, 20);
  private static final int MEMORY = 64 * 1024;
  private static final int ITERATIONS = 3;
  private static final int PARALLELISM = 1;
  private static final byte[] CONTEXT = context();
  private static final Path HOME = home();

  private KeystoreTarget() {}

  private static byte[] context() {
    ByteBuffer cost = ByteBuffer.allocate(12);
    cost.putInt(MEMORY).putInt(ITERATIONS).putInt(PARALLELISM);
    return Context.of(Label.KEYSTORE, SALT, Bytes.of(cost.array()));
  }

  private static Path home() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "cofre-fuzz")
          : Files.createTempDirectory("cofre-fuzz");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Called by the fuzzer, and by tests, in the end.
  public static void fuzzerTearDown() {
    try {
      Files.deleteIfExists(file());
      Files.deleteIfExists(HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file() {
    return HOME.resolve("keystore");
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Input in = new Input(input);
    int depth = in.number() % 2;
    byte[] bytes = in.rest();
    try {
      Files.createDirectories(HOME);
      Files.write(file(), depth == 0 ? bytes : sealed(bytes));
      open(depth == 0 ? bytes : sealed(bytes), bytes, depth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(byte[] whole, byte[] content, int depth) throws IOException {
    try (SecretBytes key = Fixed.key();
        Keystore keystore = Keystore.open(HOME, key, Fixed.random())) {
      keystore.save();
      byte[] again = Files.readAllBytes(file());
      boolean same =
          depth == 0 ? Arrays.equals(whole, again) : Arrays.equals(content, content(again));
      if (!same) {
        throw new IllegalStateException("read, and saved otherwise");
      }
    } catch (LocalState e) {
      if (e.kind() != LocalState.Kind.DAMAGED && e.kind() != LocalState.Kind.LOCKED) {
        throw new IllegalStateException("another failure", e);
      }
    } catch (CofreException e) {
      throw new IllegalStateException("another failure", e);
    }
  }

  /// A keystore with any content.
  static byte[] sealed(byte[] content) {
    try (SecretBytes key = Fixed.key()) {
      Bytes sealed = Bytes.of(Cobblestone.seal(key, CONTEXT, content, Fixed.random()));
      return FILE.encode(new KeystoreLayout.Outer(SALT, MEMORY, ITERATIONS, PARALLELISM, sealed));
    }
  }

  private static byte[] content(byte[] file) {
    try (SecretBytes key = Fixed.key()) {
      return Cobblestone.open(key, CONTEXT, FILE.decode(file).sealed().toArray());
    } catch (MalformedException | Tampered e) {
      throw new IllegalStateException("saved, and not readable", e);
    }
  }
}
