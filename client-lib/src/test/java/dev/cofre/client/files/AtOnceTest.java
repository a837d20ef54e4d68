package dev.cofre.client.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  private final List<Integer> numbers = IntStream.range(0, 100).boxed().toList();

  @Test
  void doesItForEach() throws Exception {
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    AtOnce.each(numbers, done::add);
    assertEquals(numbers.stream().collect(Collectors.toSet()), done);
  }

  @Test
  void throwsWhatATaskThrew() {
    for (Throwable fault : List.of(new IllegalStateException("fault"), new OutOfMemoryError())) {
      Throwable thrown =
          assertThrows(
              fault.getClass(),
              () ->
                  AtOnce.each(
                      numbers,
                      number -> {
                        if (number == 7) {
                          raise(fault);
                        }
                      }));
      assertEquals(fault, thrown);
    }
  }

  private static void raise(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) fault;
  }
}
