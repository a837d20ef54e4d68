package dev.cofre.client.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.KeyWrap;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Makes the vectors under `src/test/resources/testkit`, the same ones each time: `main` writes those that do not exist yet into
/// the directory given. A vector is never changed; a new format version gets new ones.
final class TestkitGenerator {
  private static final int CHUNK = Cobblestone.SEALED_CHUNK_LENGTH;

  private final Map<String, TestkitFile> files = new TreeMap<>();
  private int drawn;

  private TestkitGenerator() {}

  static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    for (var vector : new TestkitGenerator().generate().entrySet()) {
      Path file = directory.resolve(vector.getKey() + ".txt");
      if (Files.notExists(file)) {
        vector.getValue().write(file);
      }
    }
  }

  static Map<String, TestkitFile> vectors() throws Exception {
    return new TestkitGenerator().generate();
  }

  private Map<String, TestkitFile> generate() throws Exception {
    for (int length : new int[] {0, 1, 1016, 1017, 16376, 40_000}) {
      files.put("content_" + length, content(length));
    }
    brokenContents();
    records();
    wraps();
    secrets();
    return files;
  }

  private void brokenContents() throws IOException {
    TestkitFile small = content(300);
    int length = small.body().length();
    files.put("content_wrong_salt", flipped(small, 0));
    files.put("content_wrong_commitment", flipped(small, 24));
    files.put("content_wrong_byte", flipped(small, 100));
    files.put("content_wrong_tag", flipped(small, length - 1));
    files.put("content_empty", small.expecting("tampered", 0));
    files.put("content_header_only", small.expecting("tampered", 56));
    files.put("content_cut", small.expecting("tampered", length - 1));
    files.put("content_trailing", small.expecting("tampered", length + 1));
    files.put("content_wrong_key", small.with("expect", "tampered").with("key", draw(32).hex()));
    files.put("content_wrong_context", small.with("expect", "tampered").with("context", "00"));
    files.put(
        "content_wrong_hash", small.with("expect", "tampered").with("sha256", draw(32).hex()));
    files.put("content_wrong_length", small.with("expect", "tampered").with("length", "301"));
    TestkitFile large = content(40_001);
    files.put("content_cut_at_chunk", large.expecting("tampered", 56 + 2 * CHUNK));
    byte[] swapped = large.body().toArray();
    System.arraycopy(large.body().toArray(), 56, swapped, 56 + CHUNK, CHUNK);
    System.arraycopy(large.body().toArray(), 56 + CHUNK, swapped, 56, CHUNK);
    files.put("content_swapped_chunks", large.expecting("tampered", swapped));
    badFrames();
  }

  private void badFrames() throws IOException {
    byte[] frame = PaddedFrame.framing(new ByteArrayInputStream(new byte[300]), 300).readAllBytes();
    frame[frame.length - 1] = 1;
    files.put("content_dirty_padding", sealedFrame(frame, 300));
    files.put("content_long_padding", sealedFrame(prefixed(300, 2048), 300));
    files.put("content_no_padding", sealedFrame(prefixed(300, 308), 300));
    files.put("content_true_length_beyond", sealedFrame(prefixed(2000, 1024), 2000));
    files.put("content_true_length_negative", sealedFrame(prefixed(-1, 1024), 300));
  }

  private void records() {
    for (int length : new int[] {0, 252, 253, 16_384}) {
      byte[] data = draw(length).toArray();
      files.put("record_" + length, sealed("success", "record", PaddedRecord.pad(data), data));
    }
    byte[] data = draw(50).toArray();
    byte[] dirty = PaddedRecord.pad(data);
    dirty[200] = 1;
    files.put("record_dirty_padding", sealed("malformed", "record", dirty, data));
    byte[] longer = Arrays.copyOf(PaddedRecord.pad(data), 512);
    files.put("record_long_padding", sealed("malformed", "record", longer, data));
    TestkitFile good = sealed("success", "record", PaddedRecord.pad(data), data);
    files.put("record_wrong_byte", flipped(good, 60));
  }

  private void wraps() {
    Bytes wrapping = draw(32);
    Bytes key = draw(32);
    Bytes wrap = KeyWrap.wrap(secret(wrapping), secret(key));
    Map<String, String> headers = headers("success", "wrap", wrapping);
    headers.put("sha256", Hashes.sha256(key.toArray()).hex());
    TestkitFile good = new TestkitFile(headers, wrap);
    files.put("wrap", good);
    files.put("wrap_wrong_byte", flipped(good, 3));
    files.put("wrap_cut", good.expecting("tampered", 47));
    files.put("wrap_trailing", good.expecting("tampered", 49));
  }

  private void secrets() throws Exception {
    Bytes seed = draw(32);
    Bytes randomness = draw(64);
    Bytes plain = draw(32);
    Bytes context = draw(40);
    EncryptionKey key = EncryptionKey.fromSeed(secret(seed));
    Map<String, String> headers = headers("success", "secret", seed);
    headers.put("context", context.hex());
    headers.put("randomness", randomness.hex());
    headers.put("sha256", Hashes.sha256(plain.toArray()).hex());
    TestkitFile good =
        new TestkitFile(
            headers,
            Hpke.sealTo(key.publicKey(), context.toArray(), secret(plain), fixed(randomness)));
    files.put("secret", good);
    files.put("secret_cut", good.expecting("tampered", 1167));
    files.put("secret_trailing", good.expecting("tampered", 1169));
    files.put("secret_wrong_ml_kem", flipped(good, 0));
    files.put("secret_wrong_x25519", flipped(good, 1100));
    files.put("secret_wrong_wrap", flipped(good, 1120));
    files.put("secret_wrong_context", good.with("expect", "tampered").with("context", ""));
    byte[] lowOrder = good.body().toArray();
    Arrays.fill(lowOrder, 1088, 1120, (byte) 0);
    files.put("secret_low_order", good.expecting("tampered", lowOrder));
  }

  private TestkitFile content(int length) throws IOException {
    byte[] data = draw(length).toArray();
    byte[] frame = PaddedFrame.framing(new ByteArrayInputStream(data), length).readAllBytes();
    TestkitFile file = sealed("success", "content", frame, data);
    return file.with("length", Integer.toString(length));
  }

  private TestkitFile sealedFrame(byte[] frame, int length) {
    return sealed("malformed", "content", frame, new byte[length])
        .with("length", Integer.toString(length));
  }

  private TestkitFile sealed(String expect, String kind, byte[] padded, byte[] plain) {
    Bytes key = draw(32);
    Bytes context = draw(20);
    Bytes salt = draw(24);
    Map<String, String> headers = headers(expect, kind, key);
    headers.put("context", context.hex());
    headers.put("salt", salt.hex());
    headers.put("sha256", Hashes.sha256(plain).hex());
    byte[] body = Cobblestone.seal(secret(key), context.toArray(), padded, fixed(salt));
    return new TestkitFile(headers, Bytes.of(body));
  }

  private static TestkitFile flipped(TestkitFile good, int position) {
    byte[] body = good.body().toArray();
    body[position] ^= 1;
    return good.expecting("tampered", body);
  }

  private static byte[] prefixed(long trueLength, int frameLength) {
    return ByteBuffer.allocate(frameLength).putLong(trueLength).array();
  }

  private static Map<String, String> headers(String expect, String kind, Bytes key) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("expect", expect);
    headers.put("kind", kind);
    headers.put("key", key.hex());
    return headers;
  }

  private Bytes draw(int length) {
    byte[] bytes = new byte[length];
    for (int from = 0; from < length; from += Hashes.LENGTH) {
      byte[] block = Hashes.sha256(("testkit 1 " + drawn++).getBytes(US_ASCII)).toArray();
      System.arraycopy(block, 0, bytes, from, Math.min(block.length, length - from));
    }
    return Bytes.of(bytes);
  }

  private static SecretBytes secret(Bytes bytes) {
    return SecretBytes.taking(bytes.toArray());
  }

  static RandomSource fixed(Bytes bytes) {
    return target -> bytes.copyTo(target, 0);
  }
}
