package dev.cofre.client.fuzz;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.PaddedRecord;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.transfer.LocalNames;
import dev.cofre.protocol.Bytes;
import java.nio.file.Path;
import java.util.Arrays;

/// What is in a sealed record, or the sealed record itself. What is read is written as the same bytes, and a path that is read stays
/// below its directory.
public final class RecordsTarget {
  static final SealedRecords.Place PLACE =
      new SealedRecords.Place(Fixed.TEAM, Fixed.VAULT, Fixed.FILE, Fixed.REVISION);
  private static final Path DIRECTORY = Path.of("").toAbsolutePath();

  private RecordsTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Input in = new Input(input);
    int depth = in.number() % 3;
    byte[] bytes = in.rest();
    Allocation.requireFew(
        bytes.length,
        () -> {
          switch (depth) {
            case 0 -> sealed(bytes);
            case 1 -> padded(bytes);
            default -> layout(bytes);
          }
        });
  }

  private static void sealed(byte[] bytes) {
    try (SecretBytes key = Fixed.key()) {
      byte[] record = SealedRecords.open(PLACE, key, Bytes.of(bytes));
      same(bytes, SealedRecords.seal(PLACE, key, record.clone(), Fixed.random()).toArray());
      layout(record);
    } catch (CofreException _) {
      // As it should be.
    }
  }

  private static void padded(byte[] bytes) {
    try {
      byte[] record = PaddedRecord.unpad(bytes);
      same(bytes, PaddedRecord.pad(record));
      layout(record);
    } catch (Malformed _) {
      // As it should be.
    }
  }

  private static void layout(byte[] bytes) {
    try (FileRecord record = FileRecord.read(bytes)) {
      same(bytes, record.encode());
      path(record.facts().path());
    } catch (CofreException e) {
      typed(e);
    }
    try {
      same(bytes, FileRecord.encodeVaultName(FileRecord.readVaultName(bytes)));
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void path(RecordPath path) {
    if (!RecordPath.of(path.value()).filter(path::equals).isPresent()) {
      throw new IllegalStateException("a path that is not a path");
    }
    try {
      Path local = LocalNames.resolve(DIRECTORY, path.value().substring(1));
      if (!local.normalize().startsWith(DIRECTORY) || local.normalize().equals(DIRECTORY)) {
        throw new IllegalStateException("a path that leads out: " + path);
      }
    } catch (CofreException _) {
      // As it should be.
    }
  }

  private static void typed(CofreException e) {
    if (!(e instanceof Malformed || e instanceof Unsupported)) {
      throw new IllegalStateException("another failure", e);
    }
  }

  private static void same(byte[] read, byte[] written) {
    if (!Arrays.equals(read, written)) {
      throw new IllegalStateException("read, and written otherwise");
    }
  }
}
