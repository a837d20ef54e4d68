package dev.cofre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A search that finds nothing says something only if it finds what is there.
class SecretsTest {
  private static final String TEXT = "Declaração da Ana";

  private final byte[] key = new byte[32];
  private final Random random = new Random(3);
  private final Secrets secrets = new Secrets();

  @TempDir private Path directory;

  @BeforeEach
  void look() {
    random.nextBytes(key);
    secrets.addText("text", TEXT);
    secrets.addBytes("key", key);
  }

  private List<String> found(byte[] planted, int at) throws IOException {
    byte[] file = new byte[3 << 20];
    random.nextBytes(file);
    System.arraycopy(planted, 0, file, at, planted.length);
    Files.write(directory.resolve("file"), file);
    return secrets.foundIn(directory, List.of("table", "  column=value"));
  }

  /// In every form, behind bytes of any number, and across the blocks in which files are read.
  @Test
  void findsWhatIsThere() throws IOException {
    for (Map.Entry<String, byte[]> form : forms().entrySet()) {
      for (int at : List.of(0, 1, (1 << 20) - 5, (3 << 20) - form.getValue().length)) {
        String what = form.getKey().substring(0, form.getKey().indexOf(' '));
        assertEquals(
            List.of(what + " in file"), found(form.getValue(), at), form.getKey() + " at " + at);
      }
    }
  }

  private Map<String, byte[]> forms() {
    Map<String, byte[]> plain = new LinkedHashMap<>();
    plain.put("text in UTF-8", TEXT.getBytes(StandardCharsets.UTF_8));
    plain.put("text in UTF-16LE", TEXT.getBytes(StandardCharsets.UTF_16LE));
    plain.put("text in UTF-16BE", TEXT.getBytes(StandardCharsets.UTF_16BE));
    plain.put("key raw", key);
    Map<String, byte[]> forms = new LinkedHashMap<>(plain);
    plain.forEach((name, bytes) -> {
      forms.put(name + ", hex", ascii(HexFormat.of().formatHex(bytes)));
      forms.put(name + ", HEX", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
      for (int before = 0; before < 4; before++) {
        byte[] among = among(before, bytes);
        forms.put(name + ", base64 after " + before, Base64.getEncoder().encode(among));
        forms.put(name + ", base64url after " + before, Base64.getUrlEncoder().encode(among));
      }
    });
    return forms;
  }

  private static byte[] among(int before, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[before]);
    out.writeBytes(bytes);
    out.write('!');
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void findsItInRows() throws IOException {
    String encoded = Base64.getEncoder().encodeToString(key);
    for (String value :
        List.of(HexFormat.of().formatHex(key), encoded, HexFormat.of().formatHex(ascii(encoded)))) {
      assertEquals(
          List.of("key in the database"), secrets.foundIn(directory, List.of("t", "  c=" + value)));
    }
    assertEquals(
        List.of("text in the database"),
        secrets.foundIn(directory, List.of("t", "  c=x" + TEXT + "y")));
  }

  @Test
  void findsNothingElse() throws IOException {
    byte[] almost = key.clone();
    almost[31] ^= 1;
    assertEquals(List.of(), found(almost, 77));
  }

  @Test
  void passesOverWhatStoodThereBefore() throws IOException {
    secrets.addFile(Files.writeString(directory.resolve("postgresql.conf"), "x".repeat(30)));
    secrets.leaveOutWhatIsIn(
        Files.writeString(
                Files.createDirectories(directory.resolve("before")).resolve("a"),
                "# postgresql.conf")
            .getParent());
    assertEquals(List.of(), found("postgresql.conf".getBytes(StandardCharsets.UTF_8), 7));
    assertEquals(List.of("key in file"), found(key, 7));
  }
}
