package dev.cofre.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies just within and just outside of what can be written, and declarations that have no form.
class BoundsTest {
  private static final Codec<Numbers> NUMBERS = Codec.of(Numbers.class);
  private static final Codec<Lengths> LENGTHS = Codec.of(Lengths.class);

  public record Numbers(long wide, int narrow) {}

  public record Lengths(
      @Length(min = 1, max = 2) Bytes bytes,
      @Length(min = 1, max = 2) String text,
      @Length(min = 1, max = 2) List<Numbers> list,
      @Length(min = 1, max = 2) Optional<Bytes> maybe) {}

  public record Unbounded(Bytes bytes) {}

  public record UnboundedText(String text) {}

  public record UnboundedList(List<Numbers> list) {}

  public record OfThread(Thread thread) {}

  public record OfOptionalThread(@Length(max = 1) List<Thread> threads) {}

  public sealed interface Unnumbered {
    record One(long number) implements Unnumbered {}
  }

  public sealed interface Twice {
    @Kind(1)
    record One(long number) implements Twice {}

    @Kind(1)
    record Other(long number) implements Twice {}
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "23, 17",
    "24, 1818",
    "255, 18ff",
    "256, 190100",
    "65535, 19ffff",
    "65536, 1a00010000",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "9223372036854775807, 1b7fffffffffffffff"
  })
  void writesANumberInItsShortestForm(long number, String form) throws Exception {
    byte[] wire = NUMBERS.encode(new Numbers(number, 0));
    assertArrayEquals(hex("82" + form + "00"), wire);
    assertEquals(number, NUMBERS.decode(wire).wide());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "821800",
        "821817",
        "82190000",
        "821900ff",
        "821a00000000",
        "821a0000ffff",
        "821b0000000000000000",
        "821b00000000ffffffff",
        "821bffffffffffffffff",
        "821c",
        "821f"
      })
  void refusesANumberInAnyOtherForm(String start) {
    assertThrows(MalformedException.class, () -> NUMBERS.decode(hex(start + "00")));
  }

  @Test
  void refusesANegativeNumberWhereverItComesFrom() {
    assertThrows(IllegalArgumentException.class, () -> NUMBERS.encode(new Numbers(-1, 0)));
    assertThrows(IllegalArgumentException.class, () -> NUMBERS.encode(new Numbers(0, -1)));
    assertThrows(MalformedException.class, () -> NUMBERS.decode(hex("822000")));
  }

  @Test
  void keepsANarrowNumberNarrow() throws Exception {
    assertEquals(Integer.MAX_VALUE, NUMBERS.decode(hex("82001a7fffffff")).narrow());
    assertThrows(MalformedException.class, () -> NUMBERS.decode(hex("82001a80000000")));
  }

  private static Lengths lengths(int bytes, int text, int list, int maybe) {
    return new Lengths(
        Bytes.zeros(bytes),
        "a".repeat(text),
        List.of(new Numbers(1, 1), new Numbers(1, 1), new Numbers(1, 1)).subList(0, list),
        Optional.of(Bytes.zeros(maybe)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1",
    "3, 1, 1, 1",
    "1, 0, 1, 1",
    "1, 3, 1, 1",
    "1, 1, 0, 1",
    "1, 1, 3, 1",
    "1, 1, 1, 0",
    "1, 1, 1, 3"
  })
  void refusesToWriteALengthOutsideItsBounds(int bytes, int text, int list, int maybe) {
    assertThrows(
        IllegalArgumentException.class, () -> LENGTHS.encode(lengths(bytes, text, list, maybe)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "84 40 6161 81820101 4100",
        "84 43000000 6161 81820101 4100",
        "84 4100 60 81820101 4100",
        "84 4100 63616161 81820101 4100",
        "84 4100 6161 80 4100",
        "84 4100 6161 83820101820101820101 4100",
        "84 4100 6161 81820101 40",
        "84 4100 6161 81820101 43000000"
      })
  void refusesToReadALengthOutsideItsBounds(String wire) {
    assertThrows(MalformedException.class, () -> LENGTHS.decode(hex(wire.replace(" ", ""))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void takesEveryLengthWithinItsBounds(int length) throws Exception {
    Lengths value = lengths(length, length, length, length);
    assertEquals(value, LENGTHS.decode(LENGTHS.encode(value)));
  }

  @Test
  void tellsATextsLengthInBytes() {
    Lengths two = new Lengths(Bytes.zeros(1), "é", List.of(new Numbers(1, 1)), Optional.empty());
    assertArrayEquals(hex("84410062c3a981820101f6"), LENGTHS.encode(two));
    Lengths three = new Lengths(two.bytes(), "éa", two.list(), two.maybe());
    assertThrows(IllegalArgumentException.class, () -> LENGTHS.encode(three));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Unbounded.class, UnboundedText.class, UnboundedList.class, OfThread.class,
        OfOptionalThread.class, Unnumbered.class, Twice.class, Thread.class
      })
  void refusesADeclarationWithoutAForm(Class<?> type) {
    assertThrows(IllegalArgumentException.class, () -> Codec.of(type));
  }

  /// Every part carries its length, so two lists of parts never give one context.
  @Test
  void aContextIsTheArrayOfItsLabelAndParts() {
    byte[] twoParts = Context.of(Label.RECORD, Bytes.fromHex("01"), Bytes.fromHex("0203"));
    assertArrayEquals(
        hex("836e" + HexFormat.of().formatHex("cofre/1 record".getBytes()) + "4101420203"),
        twoParts);
    TeamId team = new TeamId(Hash.ZERO.value());
    VaultId vault = new VaultId(Hash.sha256(new byte[1]).value());
    assertArrayEquals(
        Context.of(Label.RECORD, team.value(), vault.value()),
        Context.of(Label.RECORD, team, vault));
    assertTrue(
        Context.of(Label.RECORD, team).length < Context.of(Label.RECORD, team, vault).length);
  }
}
