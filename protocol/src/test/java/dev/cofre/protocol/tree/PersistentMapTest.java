package dev.cofre.protocol.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Beside a `TreeMap`.
class PersistentMapTest {
  private static final int COUNT = 2000;

  enum Order {
    UP,
    DOWN,
    ZIGZAG,
    RANDOM
  }

  private static List<Integer> keys(Order order) {
    Random random = new Random(1);
    return IntStream.range(0, COUNT)
        .mapToObj(i ->
            switch (order) {
              case UP -> i;
              case DOWN -> -i;
              case ZIGZAG -> i % 2 == 0 ? i : COUNT * 2 - i;
              case RANDOM -> random.nextInt(COUNT);
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void holdsWhatASortedMapHolds(Order order) {
    TreeMap<Integer, Integer> expected = new TreeMap<>();
    PersistentMap<Integer, Integer> map = PersistentMap.empty(Comparator.naturalOrder());
    int value = 0;
    for (int key : keys(order)) {
      PersistentMap<Integer, Integer> before = map;
      map = map.with(key, value);
      assertEquals(expected.size(), before.size());
      expected.put(key, value++);
      assertEquals(Optional.of(expected.get(key)), map.find(key));
      assertEquals(expected.size(), map.size());
    }
    assertEquals(new ArrayList<>(expected.entrySet()), new ArrayList<>(map.entrySet()));
    assertEquals(expected, map);
    assertEquals(map.size(), map.entrySet().size());
    for (int key = -COUNT; key < 2 * COUNT; key++) {
      assertEquals(Optional.ofNullable(expected.get(key)), map.find(key));
      assertEquals(expected.containsKey(key), map.containsKey(key));
      assertEquals(expected.get(key), map.get(key));
    }
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void staysFlat(Order order) {
    AtomicInteger asked = new AtomicInteger();
    Comparator<Integer> counting =
        (a, b) -> {
          asked.incrementAndGet();
          return a.compareTo(b);
        };
    PersistentMap<Integer, Integer> map = PersistentMap.empty(counting);
    for (int key : keys(order)) {
      map = map.with(key, key);
    }
    double most = 1.4405 * Math.log(map.size() + 2) / Math.log(2);
    for (int key : keys(order)) {
      asked.set(0);
      map.find(key);
      assertTrue(asked.get() <= most, asked + " comparisons");
    }
  }

  /// In whatever order few keys come: at most 2 comparisons for 3 of them, 3 for up to 6.
  @Test
  void isBalancedFromTheFirstKeys() {
    int[] most = {0, 1, 2, 2, 3, 3, 3};
    for (int count = 1; count < most.length; count++) {
      for (List<Integer> keys : orders(IntStream.range(0, count).boxed().toList())) {
        AtomicInteger asked = new AtomicInteger();
        PersistentMap<Integer, Integer> map =
            PersistentMap.empty((a, b) -> {
              asked.incrementAndGet();
              return a.compareTo(b);
            });
        for (int key : keys) {
          map = map.with(key, key);
        }
        for (int key : keys) {
          asked.set(0);
          map.find(key);
          assertTrue(asked.get() <= most[count], () -> asked + " comparisons after " + keys);
        }
      }
    }
  }

  private static List<List<Integer>> orders(List<Integer> keys) {
    if (keys.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : keys) {
      List<Integer> others = new ArrayList<>(keys);
      others.remove(first);
      for (List<Integer> rest : orders(others)) {
        List<Integer> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        all.add(order);
      }
    }
    return all;
  }

  @Test
  void holdsNothingUnderNull() {
    PersistentMap<Integer, Integer> map =
        PersistentMap.<Integer, Integer>empty(Comparator.naturalOrder()).with(1, 1);
    assertNull(map.get(null));
    assertFalse(map.containsKey(null));
    assertTrue(map.containsKey(1));
  }

  @Test
  void endsWhenAllIsSaid() {
    Iterator<Map.Entry<Integer, Integer>> one =
        PersistentMap.<Integer, Integer>empty(Comparator.naturalOrder())
            .with(1, 2)
            .entrySet()
            .iterator();
    assertEquals(Map.entry(1, 2), one.next());
    assertFalse(one.hasNext());
    assertThrows(NoSuchElementException.class, one::next);
  }
}
