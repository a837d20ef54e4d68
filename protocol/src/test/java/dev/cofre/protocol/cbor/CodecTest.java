package dev.cofre.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.vault.Change;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  private static final Codec<Sample> SAMPLE = Codec.of(Sample.class);
  private static final Codec<Change> CHANGE = Codec.of(Change.class);

  @Versioned
  public record Sample(
      long number,
      @Length(max = 8) String text,
      @Length(min = 1, max = 4) Bytes bytes,
      @Length(max = 3) List<Uploads.Stage> list,
      Optional<Long> maybe) {}

  private static final Sample VALUE =
      new Sample(24, "é", Bytes.of((byte) 7), List.of(Uploads.Stage.COMPLETE), Optional.empty());
  private static final String WIRE = "8601181862c3a941078101f6";

  private static Sample read(String hex) throws MalformedException {
    return SAMPLE.decode(HexFormat.of().parseHex(hex));
  }

  @Test
  void writesTheOneEncoding() throws Exception {
    assertEquals(WIRE, HexFormat.of().formatHex(SAMPLE.encode(VALUE)));
    assertEquals(VALUE, read(WIRE));
  }

  @Test
  void writesVariantsWithTheirKindFirst() throws Exception {
    Change put =
        new Change.Put(
            new FileId(Bytes.zeros(16)),
            new RevisionId(Bytes.zeros(16)),
            Optional.empty(),
            Optional.of(new BlobId(Bytes.zeros(16))),
            Hash.ZERO);
    byte[] bytes = CHANGE.encode(put);
    assertEquals((byte) 0x86, bytes[0]);
    assertEquals((byte) 1, bytes[1]);
    assertEquals(put, CHANGE.decode(bytes));
    assertArrayEquals(bytes, CHANGE.encode(CHANGE.decode(bytes)));
  }

  @ParameterizedTest
  @Tag("G08")
  @Tag("L07")
  @ValueSource(
      strings = {
        "8601181762c3a941078101f6", // integer not shortest
        "8601190018 62c3a941078101f6",
        "860118186178410781019f", // ends in an indefinite array
        "8601181862c3a941078101f600", // a trailing byte
        "8601181862c3a941078101", // too short
        "8501181862c3a9410781", // too few fields
        "8701181862c3a941078101f600", // too many fields
        "8601181862c3284107810 1f6", // not UTF-8
        "8601181862c3a9408101f6", // empty bytes
        "8601181862c3a945010203040 58101f6", // bytes too long
        "8601181862c3a9410784010101 01f6", // list too long
        "8601181862c3a941079bffffffffffffffff01f6", // a list of 2^64-1
        "8601181862c3a941075b7fffffffffffffff01f6", // a string of 2^63-1
        "86013862c3a941078101f6", // a negative integer
        "a601181862c3a941078101f6", // a map
        "860118187f62c3a9ff41078101f6", // indefinite text
        "8601f94e0062c3a941078101f6", // a float
        "c18601181862c3a941078101f6", // a tag
        "86011b800000000000000062c3a941078101f6", // 2^63
        ""
      })
  void refusesEverythingElse(String hex) {
    MalformedException e = assertThrows(MalformedException.class, () -> read(hex.replace(" ", "")));
    assertEquals(MalformedException.class, e.getClass());
  }

  @ParameterizedTest
  @Tag("F01")
  @ValueSource(strings = {"8602181862c3a941078101f6", "8201", "8601181862c3a941078102f6"})
  void saysThatAnUpdateIsNeededForAnUnknownVersionOrChoice(String hex) {
    if (hex.equals("8201")) {
      assertThrows(MalformedException.class, () -> read(hex));
    } else {
      assertThrows(UpdateNeededException.class, () -> read(hex));
    }
  }

  @Test
  void saysThatAnUpdateIsNeededForAnUnknownKind() {
    assertThrows(
        UpdateNeededException.class, () -> CHANGE.decode(HexFormat.of().parseHex("83186302f6")));
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() {
    Sample tooLong = new Sample(0, "123456789", VALUE.bytes(), VALUE.list(), Optional.of(1L));
    assertThrows(IllegalArgumentException.class, () -> SAMPLE.encode(tooLong));
  }

  @Test
  void turnsARecordsRefusalIntoMalformed() {
    Codec<Uploads.Blob> codec = Codec.of(Uploads.Blob.class);
    byte[] zeroLength = HexFormat.of().parseHex("8250" + "00".repeat(16) + "00");
    assertThrows(MalformedException.class, () -> codec.decode(zeroLength));
  }
}
