package dev.cofre.client.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileRecordTest {
  private static final RecordPath PATH = new RecordPath("/letters/anna.txt");
  private static final Hash HASH = Hash.sha256(new byte[] {1});
  private static final byte[] KEY = Bytes.fromHex("0c".repeat(32)).toArray();

  private static FileRecord.Facts facts(long size, long modified, long blobLength) {
    return new FileRecord.Facts(
        PATH,
        size,
        Instant.ofEpochMilli(modified),
        "text/plain",
        Category.PERSONAL,
        HASH,
        List.of("a", "b"),
        blobLength);
  }

  private static FileRecord.Facts right() {
    return facts(300, 1_000, PaddedFrame.sealedLength(300));
  }

  private static RecordLayout layout(String path, long size, long modified, long blobLength) {
    return new RecordLayout.OfFile(
        path,
        size,
        modified,
        "",
        Category.GENERAL,
        HASH.value(),
        List.of(),
        Bytes.of(KEY),
        blobLength);
  }

  @Test
  void isReadAsItWasWritten() throws Exception {
    try (SecretBytes key = SecretBytes.copyOf(KEY);
        FileRecord record = FileRecord.of(right(), key);
        FileRecord read = FileRecord.read(record.encode())) {
      assertEquals(right(), read.facts());
      assertArrayEquals(KEY, read.contentKey().toArray());
      assertEquals("FileRecord[300 bytes]", read.toString());
    }
  }

  @Test
  void hasACopyOfItsKeyThatIsWipedWithIt() {
    SecretBytes key = SecretBytes.copyOf(KEY);
    FileRecord record = FileRecord.of(right(), key);
    key.close();
    assertArrayEquals(KEY, record.contentKey().toArray());
    record.close();
    assertThrows(IllegalStateException.class, record.contentKey()::toArray);
  }

  @Test
  void isTheSameContentElsewhere() {
    RecordPath other = new RecordPath("/b");
    assertEquals(other, right().at(other).path());
    assertEquals(right(), right().at(other).at(PATH));
  }

  @Test
  void hasTheBlobLengthOfItsSizeAndATimeSince1970() {
    assertEquals(0, facts(0, 0, PaddedFrame.sealedLength(0)).modified().toEpochMilli());
    long length = PaddedFrame.sealedLength(300);
    assertThrows(IllegalArgumentException.class, () -> facts(300, 0, length + 1));
    assertThrows(IllegalArgumentException.class, () -> facts(300, -1, length));
  }

  @Test
  void isMalformedWhereAnotherMemberWroteNonsense() {
    long length = PaddedFrame.sealedLength(1);
    for (RecordLayout wrong :
        List.of(
            layout("no path", 1, 1, length),
            layout("/a", 1, 1, length + 16),
            layout("/a", Long.MAX_VALUE, 1, length),
            new RecordLayout.OfVault("a vault"))) {
      byte[] cbor = RecordLayout.CODEC.encode(wrong);
      assertThrows(Malformed.class, () -> FileRecord.read(cbor), wrong.toString());
    }
    assertThrows(Malformed.class, () -> FileRecord.read(new byte[0]));
  }

  @Test
  void ofANewerKindNeedsAnUpdate() {
    byte[] cbor = FileRecord.encodeVaultName("a vault");
    cbor[1] = 9;
    assertThrows(Unsupported.class, () -> FileRecord.read(cbor));
    assertThrows(Unsupported.class, () -> FileRecord.readVaultName(cbor));
  }

  @Test
  void ofAVaultIsItsName() throws Exception {
    assertEquals("a vault", FileRecord.readVaultName(FileRecord.encodeVaultName("a vault")));
    assertThrows(IllegalArgumentException.class, () -> FileRecord.encodeVaultName(""));
    byte[] file = RecordLayout.CODEC.encode(layout("/a", 1, 1, PaddedFrame.sealedLength(1)));
    assertThrows(Malformed.class, () -> FileRecord.readVaultName(file));
  }

  @Test
  void isPrintedWithoutItsKey() {
    String printed = layout("/a", 1, 1, 1).toString();
    assertEquals("RecordLayout.OfFile", printed);
    assertTrue(right().toString().contains(PATH.value()));
  }
}
