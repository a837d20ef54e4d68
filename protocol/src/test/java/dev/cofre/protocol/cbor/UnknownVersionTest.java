package dev.cofre.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is of another version or kind is never read as something else, and never passed over.
class UnknownVersionTest {
  static Stream<Declared<?>> versioned() {
    return Declared.all().stream().filter(d -> d.type().isAnnotationPresent(Versioned.class));
  }

  @Test
  @Tag("F01")
  void everythingSignedSaysItsVersion() {
    Set<String> names = versioned().map(Declared::toString).collect(Collectors.toSet());
    Set<String> signed =
        Set.of("Entry", "Commit", "Channel", "Login", "JoinStatement", "DeviceStatement");
    assertEquals(signed, names);
  }

  @ParameterizedTest
  @MethodSource("versioned")
  @Tag("F01")
  @Tag("F03")
  void everyOtherVersionNeedsAnUpdate(Declared<?> declared) {
    byte[] sample = declared.samples().getFirst();
    Item version = Item.of(sample).get(1);
    assertEquals(1, sample[version.from()]);
    for (int other = 0; other < 1 << 16; other++) {
      if (other != 1) {
        byte[] bytes = version.replaced(sample, number(other));
        assertThrows(UpdateNeededException.class, () -> declared.codec().decode(bytes));
      }
    }
    byte[] without = version.replaced(sample);
    without[0]--;
    assertThrows(MalformedException.class, () -> declared.codec().decode(without));
  }

  static Stream<Class<?>> variants() {
    return Declared.records().stream()
        .filter(record -> record.isAnnotationPresent(Kind.class))
        .<Class<?>>map(record -> record.getInterfaces()[0])
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("variants")
  @Tag("F01")
  void everyOtherKindNeedsAnUpdate(Class<?> type) {
    Set<Integer> known =
        Arrays.stream(type.getPermittedSubclasses())
            .map(variant -> variant.getAnnotation(Kind.class).value())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(!known.isEmpty());
    Codec<?> codec = Codec.of(type);
    for (int kind = 0; kind < 1 << 16; kind++) {
      if (!known.contains(kind)) {
        byte[] head = number(kind);
        byte[] bytes = new byte[1 + head.length + 1];
        bytes[0] = (byte) 0x82;
        System.arraycopy(head, 0, bytes, 1, head.length);
        assertThrows(UpdateNeededException.class, () -> codec.decode(bytes));
      }
    }
  }

  private static byte[] number(int value) {
    if (value < 24) {
      return new byte[] {(byte) value};
    }
    return value < 256
        ? new byte[] {0x18, (byte) value}
        : new byte[] {0x19, (byte) (value >> 8), (byte) value};
  }
}
