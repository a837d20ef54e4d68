package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.Malformed;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.DeviceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryKitTest {
  private static final TeamId TEAM = new TeamId(Hash.sha256(new byte[1]).value());
  private static final Head HEAD = new Head(12, Hash.sha256(new byte[2]));
  private static final MemberId MEMBER = new MemberId(Bytes.zeros(16));
  private static final RandomSource COUNTING =
      target -> {
        for (int i = 0; i < target.length; i++) {
          target[i] = (byte) (17 * i + 5);
        }
      };

  private final RecoveryKit kit = RecoveryKit.make(TEAM, HEAD, COUNTING);

  private static void assertSame(RecoveryKit expected, RecoveryKit kit) {
    assertEquals(expected.words(), kit.words());
    assertEquals(expected.team(), kit.team());
    assertEquals(expected.head(), kit.head());
    assertEquals(expected.device(), kit.device());
    assertEquals(expected.identity(MEMBER).deviceKeys(), kit.identity(MEMBER).deviceKeys());
  }

  private String place() {
    return kit.code().substring(kit.code().lastIndexOf('.') + 5);
  }

  @Test
  void isReadAsPrinted() throws Exception {
    assertSame(kit, RecoveryKit.read(kit.code()));
    assertEquals(24, kit.words().size());
    assertEquals(6, kit.code().lines().count());
    assertTrue(kit.code().startsWith("1." + kit.words().getFirst() + " 2."));
  }

  @Test
  void isReadAsSomebodyTypesIt() throws Exception {
    String code = kit.code();
    assertSame(kit, RecoveryKit.read(code.toUpperCase(Locale.ROOT)));
    assertSame(kit, RecoveryKit.read(code.replace(" ", "  ").replace("\n", " \r\n ")));
    assertSame(kit, RecoveryKit.read("Keep this: " + code.replace(".", ") ") + " printed today"));
    assertSame(kit, RecoveryKit.read(String.join("\n", kit.words()) + "\n" + place()));
    assertSame(kit, RecoveryKit.read("Keep this: " + String.join(" ", kit.words()) + place()));
  }

  @Test
  void noticesASlipInAWord() {
    int unnoticed = 0;
    for (int i = 0; i < RecoveryKit.WORDS; i++) {
      List<String> words = new ArrayList<>(kit.words());
      int number = WordList.number(words.get(i)).orElseThrow();
      words.set(i, WordList.word((number + 1) % WordList.SIZE));
      try {
        assertNotEquals(kit.words(), RecoveryKit.read(String.join(" ", words) + place()).words());
        unnoticed++;
      } catch (Malformed _) {
        // As it should be.
      }
    }
    assertTrue(unnoticed <= 1, unnoticed + " of 24 slips unnoticed");
  }

  @Test
  void refusesWordsThatAreMissingTooManyOrUnknown() {
    List<String> words = kit.words();
    String place = place();
    assertThrows(
        Malformed.class, () -> RecoveryKit.read(String.join(" ", words.subList(1, 24)) + place));
    assertThrows(
        Malformed.class,
        () -> RecoveryKit.read(String.join(" ", words) + " " + words.getFirst() + place));
    Malformed unknown =
        assertThrows(
            Malformed.class,
            () -> RecoveryKit.read(kit.code().replaceFirst("3\\.[a-z]{4}", "3.zzzz")));
    assertTrue(unknown.getMessage().startsWith("word 3 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#12", "#", "#1234567890123456789 "})
  void refusesAPlaceThatIsNotWhole(String place) {
    String code = kit.code().replace("#12 ", place);
    assertThrows(Malformed.class, () -> RecoveryKit.read(code));
  }

  @Test
  void isTheSameDeviceAtALaterPlace() {
    Head later = new Head(40, Hash.sha256(new byte[3]));
    RecoveryKit printed = kit.at(later);
    assertEquals(later, printed.head());
    assertEquals(kit.words(), printed.words());
    assertEquals(kit.device(), printed.device());
    printed.close();
    assertEquals(24, kit.words().size());
  }

  @Test
  void isADeviceOfItsKindInItsTeamOnly() {
    Identity identity = kit.identity(MEMBER);
    assertEquals(DeviceKind.RECOVERY_KIT, identity.deviceKeys().kind());
    assertEquals(kit.device(), identity.device());
    assertEquals(MEMBER, identity.member());
    assertEquals(Optional.empty(), identity.newestKey());
    RecoveryKit elsewhere = RecoveryKit.make(new TeamId(Hash.ZERO.value()), HEAD, COUNTING);
    assertEquals(kit.words(), elsewhere.words());
    assertNotEquals(kit.device(), elsewhere.device());
    assertNotEquals(
        identity.deviceKeys().signingKey(), elsewhere.identity(MEMBER).deviceKeys().signingKey());
    assertNotEquals(
        identity.deviceKeys().encryptionKey(),
        elsewhere.identity(MEMBER).deviceKeys().encryptionKey());
  }

  @Test
  void keepsItsWordsToItself() {
    assertEquals("RecoveryKit[" + TEAM + "]", kit.toString());
    kit.close();
    assertThrows(IllegalStateException.class, kit::words);
  }

  @Test
  void wordsAreDistinctAndEachHasItsNumber() {
    List<String> all = IntStream.range(0, WordList.SIZE).mapToObj(WordList::word).toList();
    assertEquals(WordList.SIZE, new HashSet<>(all).size());
    assertEquals(all.stream().sorted().toList(), all);
    for (int i = 0; i < WordList.SIZE; i++) {
      assertEquals(Optional.of(i), WordList.number(all.get(i)));
      assertTrue(all.get(i).matches("([bdfgjklmnprstvxz][aeiou]){2}"));
    }
    assertFalse(all.contains("puta") || all.contains("nazi"));
    assertEquals(Optional.empty(), WordList.number("BABA"));
  }

  /// 11 bits a word, from the first bit on.
  @Test
  void wordsAreSpeltFromTheFirstBit() {
    assertEquals(
        List.of(WordList.word(1), WordList.word(1 << 9)),
        WordList.spell(new byte[] {0, 0x28, 0}, 2));
    assertEquals(
        List.of(WordList.word(2047), WordList.word(0)),
        WordList.spell(new byte[] {(byte) 0xff, (byte) 0xe0, 0}, 2));
    SignedBytes signed = new SignedBytes(Bytes.zeros(1), Bytes.zeros(64));
    assertEquals(CompareWords.COUNT, CompareWords.over(signed).size());
    assertNotEquals(
        CompareWords.over(signed),
        CompareWords.over(new SignedBytes(Bytes.zeros(1), Bytes.fromHex("01".repeat(64)))));
    assertNotEquals(
        CompareWords.over(signed),
        CompareWords.over(new SignedBytes(Bytes.zeros(2), Bytes.zeros(64))));
  }
}
