package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import java.util.Collection;
import java.util.List;

/// Lists of ids in the form that a statement takes. The statement must not be run for an empty list.
public final class Raw {
  private Raw() {}

  /// The ids' bytes.
  public static List<byte[]> of(Collection<? extends Id> ids) {
    return ids.stream().map(id -> id.value().toArray()).toList();
  }

  /// The bytes of each element.
  public static List<byte[]> ofBytes(Collection<Bytes> values) {
    return values.stream().map(Bytes::toArray).toList();
  }
}
