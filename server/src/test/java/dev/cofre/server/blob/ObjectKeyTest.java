package dev.cofre.server.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ObjectKeyTest {
  @Test
  void takesOneToFourSegmentsOfLowerCaseHex() {
    for (String key : List.of("ab", "00/11", "00/11/22/33", "f".repeat(64))) {
      assertEquals(key, new ObjectKey(key).value());
    }
  }

  @Test
  void refusesEverythingElse() {
    for (String key :
        List.of(
            "",
            "/",
            "a",
            "AB",
            "ab/",
            "/ab",
            "ab//cd",
            "../ab",
            "ab/..",
            "ab/./cd",
            "ab\\cd",
            "ab\n",
            "ab%2fcd",
            "00/11/22/33/44",
            "f".repeat(65),
            "é0",
            "a\u0000",
            "ab cd",
            "0\u0661")) {
      assertThrows(IllegalArgumentException.class, () -> new ObjectKey(key), key);
    }
  }
}
