package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.BundleRows;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The server's rows of wraps, seen through: how much went in or came out at once, and whose were looked for.
final class WatchedBundles implements InvocationHandler {
  private final BundleRows rows;
  private final List<Bytes> doubted = new ArrayList<>();
  private long most;

  WatchedBundles(BundleRows rows) {
    this.rows = rows;
  }

  BundleRows rows() {
    return (BundleRows)
        Proxy.newProxyInstance(
            BundleRows.class.getClassLoader(), new Class<?>[] {BundleRows.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(rows, arguments);
      Stream.concat(Stream.of(arguments), Stream.ofNullable(result)).forEach(this::weigh);
      if (method.getName().equals("doubtful")) {
        doubted.add((Bytes) arguments[2]);
      }
      return result;
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private void weigh(Object value) {
    if (value instanceof List<?> list) {
      long bytes =
          list.stream()
              .filter(BundleRow.class::isInstance)
              .mapToLong(row -> ((BundleRow) row).size())
              .sum();
      most = Math.max(most, bytes);
    }
  }

  /// Most bytes of bundles in one list.
  long most() {
    return most;
  }

  /// The recipients whose wraps were looked through since this was asked last.
  List<Bytes> doubted() {
    List<Bytes> found = List.copyOf(doubted);
    doubted.clear();
    return found;
  }
}
