package dev.cofre.protocol.tree;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map. [#with] gives a new map that shares all but about log2(size) nodes with this one, so a state of
/// ten thousand entries can be copied at every step. An AVL tree; keys are never taken out.
public final class PersistentMap<K, V> extends AbstractMap<K, V> {
  private final Comparator<? super K> order;
  private final @Nullable Node<K, V> root;
  private final int size;

  private PersistentMap(Comparator<? super K> order, @Nullable Node<K, V> root, int size) {
    this.order = order;
    this.root = root;
    this.size = size;
  }

  /// A map without entries.
  public static <K, V> PersistentMap<K, V> empty(Comparator<? super K> order) {
    return new PersistentMap<>(order, null, 0);
  }

  /// This map with one more or one other entry.
  public PersistentMap<K, V> with(K key, V value) {
    return new PersistentMap<>(
        order, insert(root, key, value), find(key).isPresent() ? size : size + 1);
  }

  /// The value of a key.
  public Optional<V> find(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int side = order.compare(key, node.key);
      if (side == 0) {
        return Optional.of(node.value);
      }
      node = side < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  /// Takes logarithmic time. A key of another type than the map's is a [ClassCastException].
  @Override
  @SuppressWarnings("unchecked")
  public @Nullable V get(@Nullable Object key) {
    return key == null ? null : find((K) key).orElse(null);
  }

  @Override
  @SuppressWarnings("unchecked")
  public boolean containsKey(@Nullable Object key) {
    return key != null && find((K) key).isPresent();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new InOrder<>(root);
      }
    };
  }

  private Node<K, V> insert(@Nullable Node<K, V> at, K key, V value) {
    if (at == null) {
      return new Node<>(key, value, null, null);
    }
    int side = order.compare(key, at.key);
    if (side == 0) {
      return new Node<>(key, value, at.left, at.right);
    }
    return side < 0
        ? balance(at.key, at.value, insert(at.left, key, value), at.right)
        : balance(at.key, at.value, at.left, insert(at.right, key, value));
  }

  private static <K, V> Node<K, V> balance(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int lean = height(left) - height(right);
    if (lean > 1 && left != null) {
      if (height(left.left) >= height(left.right) || left.right == null) {
        return new Node<>(
            left.key, left.value, left.left, new Node<>(key, value, left.right, right));
      }
      Node<K, V> top = left.right;
      return new Node<>(
          top.key,
          top.value,
          new Node<>(left.key, left.value, left.left, top.left),
          new Node<>(key, value, top.right, right));
    }
    if (lean < -1 && right != null) {
      if (height(right.right) >= height(right.left) || right.left == null) {
        return new Node<>(
            right.key, right.value, new Node<>(key, value, left, right.left), right.right);
      }
      Node<K, V> top = right.left;
      return new Node<>(
          top.key,
          top.value,
          new Node<>(key, value, left, top.left),
          new Node<>(right.key, right.value, top.right, right.right));
    }
    return new Node<>(key, value, left, right);
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  private static final class Node<K, V> {
    final K key;
    final V value;
    final @Nullable Node<K, V> left;
    final @Nullable Node<K, V> right;
    final int height;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      this.height = 1 + Math.max(PersistentMap.height(left), PersistentMap.height(right));
    }
  }

  private static final class InOrder<K, V> implements Iterator<Map.Entry<K, V>> {
    private final Deque<Node<K, V>> path = new ArrayDeque<>();

    InOrder(@Nullable Node<K, V> root) {
      descend(root);
    }

    private void descend(@Nullable Node<K, V> from) {
      for (Node<K, V> node = from; node != null; node = node.left) {
        path.push(node);
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (path.isEmpty()) {
        throw new NoSuchElementException();
      }
      Node<K, V> node = path.pop();
      descend(node.right);
      return Map.entry(node.key, node.value);
    }
  }
}
