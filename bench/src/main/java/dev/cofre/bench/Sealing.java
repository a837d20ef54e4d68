package dev.cofre.bench;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.Tampered;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Cobblestone over one chunk, and over 1 MiB.
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Sealing {
  private static final byte[] CONTEXT = "a context".getBytes(StandardCharsets.US_ASCII);

  /// The bytes of the message.
  @Param({"16384", "1048576"})
  public int bytes;

  private final RandomSource random = RandomSource.system();
  private final SecretBytes key = random.secret(Cobblestone.KEY_LENGTH);
  private byte[] message = {};
  private byte[] sealed = {};

  /// Makes a message.
  @Setup
  public void prepare() {
    message = random.bytes(bytes).toArray();
    sealed = seal();
  }

  /// Seals it.
  @Benchmark
  public byte[] seal() {
    return Cobblestone.seal(key, CONTEXT, message, random);
  }

  /// Opens it.
  @Benchmark
  public byte[] open() throws Tampered {
    return Cobblestone.open(key, CONTEXT, sealed);
  }
}
