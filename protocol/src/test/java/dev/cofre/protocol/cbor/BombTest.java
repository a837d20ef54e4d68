package dev.cofre.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Few bytes that promise very many.
@Tag("L07")
class BombTest {
  static Stream<Declared<?>> all() {
    return Declared.all().stream();
  }

  /// Each length of each structure, said to be of 10^9 and more.
  @ParameterizedTest
  @MethodSource("all")
  void takesNoMemoryForWhatIsOnlyPromised(Declared<?> declared) {
    assertTrue(Runtime.getRuntime().maxMemory() < 1_000_000_000L, "too much room to notice");
    for (byte[] sample : declared.samples()) {
      for (Item item : Item.of(sample)) {
        if (item.major() != 7 && item.major() != 0) {
          for (long length :
              new long[] {1_000_000_000L, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE}) {
            refuses(declared, item.withHead(sample, head(item.major(), length)));
          }
        }
      }
    }
  }

  private static byte[] head(int major, long length) {
    ByteBuffer head = ByteBuffer.allocate(9);
    return length <= Integer.MAX_VALUE
        ? Arrays.copyOf(head.put((byte) (major << 5 | 26)).putInt((int) length).array(), 5)
        : head.put((byte) (major << 5 | 27)).putLong(length).array();
  }

  /// As deep as a body may be long.
  @ParameterizedTest
  @MethodSource("all")
  void goesNoDeeperThanItsDeclaration(Declared<?> declared) {
    for (byte nested :
        new byte[] {(byte) 0x81, (byte) 0x82, (byte) 0x9f, (byte) 0xa1, (byte) 0xc1}) {
      byte[] bytes = new byte[1 << 16];
      Arrays.fill(bytes, nested);
      refuses(declared, bytes);
      for (byte[] sample : declared.samples()) {
        for (Item item : Item.of(sample)) {
          refuses(declared, item.replaced(sample, Arrays.copyOf(bytes, 2000)));
        }
      }
    }
  }

  /// The least that is promised here is twice the heap of the tests: what took memory for it would end in an error of another
  /// kind.
  private static void refuses(Declared<?> declared, byte[] bytes) {
    assertThrows(MalformedException.class, () -> declared.codec().decode(bytes));
  }

  /// The longest body that any conversation has, of nothing but small items.
  @ParameterizedTest
  @MethodSource("all")
  void endsSoonOverTheLongestBody(Declared<?> declared) {
    byte[] bytes = new byte[16 << 20];
    bytes[0] = (byte) 0x9a;
    bytes[2] = (byte) 0xff;
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(MalformedException.class, () -> declared.codec().decode(bytes)));
  }
}
