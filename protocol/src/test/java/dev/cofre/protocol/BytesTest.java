package dev.cofre.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BytesTest {
  private static final Bytes SOME = Bytes.fromHex("00ff10A0");

  @Test
  void areWrittenInHexadecimal() {
    assertEquals("00ff10a0", SOME.hex());
    assertEquals("00ff10a0", SOME.toString());
    assertThrows(IllegalArgumentException.class, () -> Bytes.fromHex("0"));
  }

  @Test
  void areCopiedOnTheWayInAndOut() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, bytes.toArray());
    bytes.toArray()[1] = 9;
    assertEquals(2, bytes.at(1));
    assertSame(Bytes.EMPTY, Bytes.of());
  }

  @Test
  void areCutAndPutWhereAsked() {
    assertEquals(Bytes.fromHex("ff10"), SOME.slice(1, 2));
    assertEquals(Bytes.fromHex("ff10"), Bytes.of(SOME.toArray(), 1, 2));
    byte[] target = new byte[6];
    SOME.copyTo(target, 1);
    assertEquals(Bytes.fromHex("0000ff10a000"), Bytes.of(target));
    assertEquals(4, SOME.length());
  }

  @Test
  void areEqualAndOrderedByTheirUnsignedContent() {
    assertEquals(SOME, Bytes.fromHex("00ff10a0"));
    assertEquals(SOME.hashCode(), Bytes.fromHex("00ff10a0").hashCode());
    assertNotEquals(SOME, Bytes.fromHex("00ff10a1"));
    assertNotEquals(SOME, Bytes.fromHex("00ff10"));
    assertFalse(SOME.equals((Object) "00ff10a0"));
    assertNotEquals(SOME.hashCode(), Bytes.fromHex("00ff10a1").hashCode());
    assertTrue(Bytes.fromHex("7f").compareTo(Bytes.fromHex("80")) < 0);
    assertTrue(Bytes.fromHex("80").compareTo(Bytes.fromHex("7f")) > 0);
    assertEquals(0, SOME.compareTo(Bytes.of(SOME.toArray())));
  }

  @Test
  void areZeroOnlyIfEveryByteIs() {
    assertTrue(Bytes.zeros(3).isZero());
    assertFalse(Bytes.fromHex("000100").isZero());
    assertFalse(Bytes.fromHex("0101").isZero());
  }

  /// A kind of id from its bytes.
  private interface Maker {
    Id make(Bytes value);
  }

  @TestFactory
  Stream<DynamicTest> everyIdHasItsLengthAndItsHexadecimalForm() {
    return Stream.of(
        id(TeamId.LENGTH, TeamId::new),
        id(VaultId.LENGTH, VaultId::new),
        id(MemberId.LENGTH, MemberId::new),
        id(DeviceId.LENGTH, DeviceId::new),
        id(InviteId.LENGTH, InviteId::new),
        id(FileId.LENGTH, FileId::new),
        id(RevisionId.LENGTH, RevisionId::new),
        id(BlobId.LENGTH, BlobId::new),
        id(UploadId.LENGTH, UploadId::new),
        id(RelayId.LENGTH, RelayId::new),
        id(Hash.LENGTH, Hash::new));
  }

  private static DynamicTest id(int length, Maker maker) {
    Bytes value = Bytes.fromHex("0a".repeat(length));
    Id id = maker.make(value);
    return DynamicTest.dynamicTest(
        id.getClass().getSimpleName(),
        () -> {
          assertEquals(value.hex(), id.hex());
          assertEquals(value.hex(), id.toString());
          assertThrows(IllegalArgumentException.class, () -> maker.make(Bytes.zeros(length - 1)));
          assertThrows(IllegalArgumentException.class, () -> maker.make(Bytes.zeros(length + 1)));
        });
  }

  @ParameterizedTest
  @EnumSource(Label.class)
  void aLabelStandsBeforeAZeroAndThePayload(Label label) {
    assertTrue(label.text().startsWith("cofre/1 "));
    assertEquals(
        label.text() + "\0" + "payload",
        new String(
            label.prefix("payload".getBytes(StandardCharsets.US_ASCII)),
            StandardCharsets.US_ASCII));
  }
}
