package dev.cofre.protocol.fuzz;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.cbor.Length;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Values of record types, made from their declarations: as short as they may be, or with one element in every list and optional.
final class Samples {
  /// How much a sample holds.
  enum Size {
    SHORT,
    FULL
  }

  private final Size size;

  private Samples(Size size) {
    this.size = size;
  }

  /// A sample of each variant of a type.
  static List<Object> of(Class<?> type, Size size) {
    Samples samples = new Samples(size);
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).map(samples::make).toList()
        : List.of(samples.make(type));
  }

  private Object make(Class<?> type) {
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return size == Size.SHORT ? constants[0] : constants[constants.length - 1];
    }
    if (type.isSealed()) {
      Class<?>[] variants = type.getPermittedSubclasses();
      return make(size == Size.SHORT ? variants[0] : variants[variants.length - 1]);
    }
    if (type == int.class) {
      return 1;
    }
    if (type == long.class || type == Long.class) {
      return size == Size.SHORT ? 1L : 1L << 33;
    }
    RecordComponent[] components = type.getRecordComponents();
    try {
      return type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(Stream.of(components).map(c -> component(type, c)).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample of " + type, e);
    }
  }

  private Object component(Class<?> in, RecordComponent component) {
    if (Id.class.isAssignableFrom(in)) {
      return bytes(idLength(in));
    }
    if (in.getSimpleName().equals("Run") && component.getName().equals("seq")) {
      return 3L;
    }
    Length length = component.getAnnotation(Length.class);
    return value(component.getGenericType(), length == null ? 0 : shortest(length));
  }

  private int shortest(Length length) {
    return size == Size.SHORT ? length.min() : Math.clamp(1, length.min(), length.max());
  }

  private Object value(Type type, int length) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return size == Size.SHORT ? Optional.empty() : Optional.of(value(argument, length));
      }
      return Stream.generate(() -> value(argument, 1)).limit(length).toList();
    }
    if (type == Bytes.class) {
      return bytes(length);
    }
    if (type == String.class) {
      return "a".repeat(length);
    }
    return make((Class<?>) type);
  }

  private Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (size == Size.SHORT ? 0 : 7));
    return Bytes.of(bytes);
  }

  private static int idLength(Class<?> type) {
    try {
      return type.getField("LENGTH").getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
