package dev.cofre.client.keys;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;
import java.util.List;

/// The bytes of the keystore: a clear header and what is sealed. The latter lives only between [Keystore] and its file.
public final class KeystoreLayout {
  /// The longest keystore file in bytes.
  static final int MAX_LENGTH = 1 << 20;

  static final Codec<Outer> FILE = Codec.of(Outer.class);
  static final Codec<Inner> CONTENT = Codec.of(Inner.class);

  private KeystoreLayout() {}

  /// The file. Salt and cost are authenticated as the context of the seal.
  @Versioned
  public record Outer(
      @Length(min = 16, max = 64) Bytes salt,
      long memoryKib,
      long iterations,
      long parallelism,
      @Length(min = 1, max = MAX_LENGTH) Bytes sealed) {}

  /// What is sealed. Every seed and key has 32 bytes; member seeds stand oldest first.
  @Versioned
  public record Inner(
      @Length(min = 1, max = 255) String origin,
      TeamId team,
      Head anchor,
      MemberId member,
      DeviceId device,
      @Length(min = 32, max = 32) Bytes signingSeed,
      @Length(min = 32, max = 32) Bytes receivingSeed,
      @Length(max = 4096) List<Seed> memberSeeds,
      @Length(min = 32, max = 32) Bytes localKey) {
    @Override
    public String toString() {
      return "KeystoreLayout.Inner";
    }
  }

  /// One seed.
  public record Seed(@Length(min = 32, max = 32) Bytes seed) {
    @Override
    public String toString() {
      return "KeystoreLayout.Seed";
    }
  }
}
