package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Lists of ids in the form that a statement takes. A statement with a list of parameters must not be run for an empty one.
public final class Raw {
  private Raw() {}

  /// The ids' bytes.
  public static List<byte[]> of(Collection<? extends Id> ids) {
    return ids.stream().map(id -> id.value().toArray()).toList();
  }

  /// One column of rows.
  static <R> List<byte[]> each(Collection<R> rows, Function<R, Bytes> column) {
    return rows.stream().map(row -> column.apply(row).toArray()).toList();
  }

  /// The bytes of each element.
  public static List<byte[]> ofBytes(Collection<Bytes> values) {
    return values.stream().map(Bytes::toArray).toList();
  }
}
