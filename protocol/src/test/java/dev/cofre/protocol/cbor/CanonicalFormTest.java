package dev.cofre.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.vault.Change;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every structure that this module declares, in every form but its own.
class CanonicalFormTest {
  private static final byte NULL = (byte) 0xf6;

  static Stream<Declared<?>> all() {
    return Declared.all().stream();
  }

  @Test
  void findsWhatIsDeclared() {
    List<String> names = all().map(Declared::toString).toList();
    assertTrue(names.size() > 18, names.toString());
    assertTrue(names.containsAll(List.of("Entry", "Commit", "Channel", "Login", "JoinStatement")));
    Declared<?> entry = all().filter(d -> d.type() == Entry.class).findFirst().orElseThrow();
    assertTrue(entry.samples().size() >= Body.class.getPermittedSubclasses().length);
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("G08")
  void hasOneEncoding(Declared<?> declared) throws Exception {
    for (byte[] sample : declared.samples()) {
      assertArrayEquals(sample, declared.decodedAndWrittenAgain(sample).orElseThrow());
      for (int i = 0; i < sample.length; i++) {
        for (int change : new int[] {1, 2, 0x10, 0x20, 0x40, 0x80, 0xff}) {
          byte[] changed = sample.clone();
          changed[i] ^= (byte) change;
          assertIsRefusedOrAnotherValue(declared, changed);
        }
      }
    }
  }

  /// There is no second way to say anything: what can be read is written again as the same bytes.
  private static void assertIsRefusedOrAnotherValue(Declared<?> declared, byte[] bytes) {
    Optional<byte[]> again;
    try {
      again = declared.decodedAndWrittenAgain(bytes);
    } catch (MalformedException _) {
      return;
    }
    assertArrayEquals(bytes, again.orElseThrow(), HexFormat.of().formatHex(bytes));
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("G08")
  void endsWhereItEnds(Declared<?> declared) {
    for (byte[] sample : declared.samples()) {
      for (int length = 0; length < sample.length; length++) {
        refuses(declared, Arrays.copyOf(sample, length));
      }
      for (int extra : new int[] {1, 2, 64, 1 << 20}) {
        refuses(declared, Arrays.copyOf(sample, sample.length + extra));
      }
    }
  }

  /// Longer forms of each head, of indefinite length, as a map, tagged, as a float.
  @ParameterizedTest
  @MethodSource("all")
  @Tag("G08")
  @Tag("L07")
  void takesNoOtherFormOfAnyItem(Declared<?> declared) {
    for (byte[] sample : declared.samples()) {
      for (Item item : Item.of(sample)) {
        int major = item.major() << 5;
        for (int width = 1; width <= 8; width *= 2) {
          byte[] longer = longer(sample, item, width);
          if (longer.length > 0) {
            refuses(declared, item.withHead(sample, longer));
          }
        }
        refuses(declared, item.withHead(sample, (byte) (major | 0x1f)));
        refuses(declared, item.withHead(sample, (byte) (5 << 5)));
        refuses(declared, item.withHead(sample, (byte) (5 << 5 | 1)));
        refuses(declared, item.replaced(sample, HexFormat.of().parseHex("f97e00")));
        refuses(declared, item.replaced(sample, HexFormat.of().parseHex("c101")));
        refuses(declared, item.replaced(sample, HexFormat.of().parseHex("f5")));
        refuses(declared, item.replaced(sample, HexFormat.of().parseHex("20")));
      }
    }
  }

  /// The item's head in so many bytes more than it needs; empty where it needs them.
  private static byte[] longer(byte[] sample, Item item, int width) {
    if (item.major() == 7 || item.head() - item.from() - 1 >= width) {
      return new byte[0];
    }
    byte[] head = new byte[1 + width];
    head[0] = (byte) (item.major() << 5 | (24 + Integer.numberOfTrailingZeros(width)));
    if (item.head() - item.from() == 1) {
      head[width] = (byte) (sample[item.from()] & 0x1f);
    } else {
      int have = item.head() - item.from() - 1;
      System.arraycopy(sample, item.from() + 1, head, 1 + width - have, have);
    }
    return head;
  }

  /// Null stands where something may be absent, and nowhere else.
  @ParameterizedTest
  @MethodSource("all")
  @Tag("F04")
  void takesNoNullForAnythingThatMustBeThere(Declared<?> declared) {
    int taken = 0;
    for (byte[] sample : declared.samples()) {
      for (Item item : Item.of(sample)) {
        byte[] without = item.replaced(sample, NULL);
        try {
          byte[] again = declared.decodedAndWrittenAgain(without).orElseThrow();
          assertArrayEquals(without, again);
          taken += Arrays.equals(without, sample) ? 0 : 1;
        } catch (MalformedException _) {
          continue;
        }
      }
    }
    assertTrue(taken == 0 || mayBeAbsent().stream().anyMatch(n -> mentions(declared, n)));
  }

  private static boolean mentions(Declared<?> declared, String component) {
    String record = component.substring(0, component.indexOf('.'));
    return switch (record) {
      case "Body$Grant" -> declared.type() == Entry.class;
      case "Change$Put" -> List.of("Commit", "Page").contains(declared.toString());
      case "SendTerms" -> List.of("Commit", "Page").contains(declared.toString());
      case "Sends$State" -> declared.type() == Sends.State.class;
      case "Sends$Open" -> declared.type() == Sends.Open.class;
      case "Sends$Opening" -> declared.type() == Sends.Openings.class;
      case "Teams$Create" -> declared.type() == Teams.Create.class;
      case "Blobs$Address" -> declared.type() == Blobs.Address.class;
      case "Teams$Append" -> declared.type() == Teams.Append.class;
      default -> false;
    };
  }

  /// What may be absent decides nothing about safety: a new one has to be thought about here.
  @Test
  @Tag("F04")
  void fewThingsMayBeAbsent() {
    assertEquals(
        Set.of(
            "Change$Put.previous",
            "Change$Put.blob",
            "SendTerms.opens",
            "SendTerms.passcode",
            "SendTerms.email",
            "SendTerms.agreement",
            "Sends$State.left",
            "Sends$State.agreement",
            "Sends$Open.proof",
            "Sends$Open.code",
            "Sends$Opening.email",
            "Body$Grant.until",
            "Blobs$Address.url",
            "Teams$Create.registrationToken",
            "Teams$Append.profile"),
        mayBeAbsent());
    assertEquals(6, Change.class.getPermittedSubclasses().length);
  }

  private static Set<String> mayBeAbsent() {
    Set<String> absent = new TreeSet<>();
    for (Class<?> record : Declared.records()) {
      for (RecordComponent component : record.getRecordComponents()) {
        if (component.getType() == Optional.class) {
          String name = record.getName();
          absent.add(name.substring(name.lastIndexOf('.') + 1) + "." + component.getName());
        }
      }
    }
    return absent;
  }

  private static void refuses(Declared<?> declared, byte[] bytes) {
    assertThrows(
        MalformedException.class,
        () -> declared.codec().decode(bytes),
        () -> declared + " " + HexFormat.of().formatHex(bytes, 0, Math.min(200, bytes.length)));
  }
}
