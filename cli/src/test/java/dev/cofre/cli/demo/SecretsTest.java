package dev.cofre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String CONTENT =
      "Maria João Silva, NIF 213456787, Rua Nova 7, 1200-001 Lisboa";

  @TempDir private Path directory;

  private final Secrets secrets = new Secrets();
  private Path data;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    data = Files.createDirectories(directory.resolve("data"));
    file = Files.writeString(directory.resolve("clientes.csv"), CONTENT);
    secrets.addFile(file);
  }

  @Test
  void findsContentAndNamesInFilesAndInRows() throws IOException {
    Files.writeString(data.resolve("one"), "…" + CONTENT);
    Files.write(data.resolve("two"), "clientes.csv".getBytes(StandardCharsets.UTF_16LE));
    String hex = HexFormat.of().formatHex("clientes.csv".getBytes(StandardCharsets.UTF_8));
    assertEquals(5, secrets.foundIn(data, List.of("  name=" + hex)).size());
  }

  @Test
  void findsNothingWhereNothingIs() throws IOException {
    Files.writeString(data.resolve("one"), "something else");
    assertEquals(List.of(), secrets.foundIn(data, List.of("  name=616263")));
  }

  @Test
  void passesOverWhatStoodThereBefore() throws IOException {
    Files.writeString(data.resolve("clientes.csv"), "# clientes.csv");
    secrets.leaveOutWhatIsIn(data);
    assertEquals(List.of(), secrets.foundIn(data, List.of()));
    Files.writeString(data.resolve("one"), CONTENT);
    assertEquals(3, secrets.foundIn(data, List.of()).size());
  }
}
