package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonTest {
  private enum Kind {
    NOT_FOUND
  }

  private record Inner(String a, Optional<Integer> b) {}

  private record Outer(
      long size,
      Kind kind,
      Instant at,
      FileId id,
      List<Inner> inner,
      Map<String, Kind> map,
      boolean yes) {}

  @Test
  void writesARecordAsAnObject() {
    FileId id = new FileId(Bytes.zeros(16));
    Outer value =
        new Outer(
            7,
            Kind.NOT_FOUND,
            Instant.parse("2026-11-24T10:00:00Z"),
            id,
            List.of(new Inner("x", Optional.of(1)), new Inner("y", Optional.empty())),
            Map.of("k", Kind.NOT_FOUND),
            true);
    assertEquals(
        "{\"size\":7,\"kind\":\"not-found\",\"at\":\"2026-11-24T10:00:00Z\",\"id\":\""
            + id.hex()
            + "\",\"inner\":[{\"a\":\"x\",\"b\":1},{\"a\":\"y\",\"b\":null}],"
            + "\"map\":{\"k\":\"not-found\"},\"yes\":true}",
        Json.of(value));
  }

  @Test
  @Tag("L06")
  void escapesWhatATerminalCouldObey() {
    assertEquals(
        "{\"a\":\"\\u001B[2J\\n\\u202E\\u00E7\\\"\",\"b\":null}",
        Json.of(new Inner("\u001b[2J\n\u202e\u00e7\"", Optional.empty())));
  }
}
