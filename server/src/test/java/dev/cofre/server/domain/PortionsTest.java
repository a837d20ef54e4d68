package dev.cofre.server.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PortionsTest {
  @Test
  void weighNoMoreThanTheyMayUnlessTheyAreOneElement() {
    assertEquals(List.of(), Portions.of(List.<Long>of(), n -> n, 3));
    assertEquals(
        List.of(List.of(1L, 2L), List.of(1L), List.of(9L), List.of(0L, 3L, 0L)),
        Portions.of(List.of(1L, 2L, 1L, 9L, 0L, 3L, 0L), n -> n, 3));
  }

  @Test
  void areAsLongAsTheyMay() {
    assertEquals(List.of(List.of(1, 2), List.of(3)), Portions.of(List.of(1, 2, 3), 2));
  }
}
