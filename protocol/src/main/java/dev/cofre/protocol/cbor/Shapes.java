package dev.cofre.protocol.cbor;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Derives the [Shape] of a declaration.
final class Shapes {
  private Shapes() {}

  static Shape of(Class<?> type) {
    if (type.isSealed() && type.isInterface()) {
      return variants(type);
    }
    if (type.isRecord()) {
      return Id.class.isAssignableFrom(type) ? wrapper(type) : fields(type);
    }
    if (type.isEnum()) {
      return new Shape.Choice(List.of(Objects.requireNonNull(type.getEnumConstants())));
    }
    if (type == int.class || type == long.class || type == Long.class) {
      return new Shape.Unsigned(type == int.class);
    }
    throw new IllegalArgumentException("no CBOR form for " + type);
  }

  private static Shape component(Type type, AnnotatedElement where) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return new Shape.Maybe(component(argument, where));
      }
      if (generic.getRawType() == List.class && argument instanceof Class<?> element) {
        Length length = length(where);
        return new Shape.Sequence(element(element), length.min(), length.max());
      }
    }
    if (type == Bytes.class) {
      Length length = length(where);
      return new Shape.ByteString(length.min(), length.max());
    }
    if (type == String.class) {
      Length length = length(where);
      return new Shape.Text(length.min(), length.max());
    }
    if (type instanceof Class<?> plain) {
      return of(plain);
    }
    throw new IllegalArgumentException("no CBOR form for " + type);
  }

  /// An element of a list; a text element is bounded by 1 KiB, a byte string by 1 MiB.
  private static Shape element(Class<?> type) {
    if (type == String.class) {
      return new Shape.Text(0, 1024);
    }
    if (type == Bytes.class) {
      return new Shape.ByteString(0, 1 << 20);
    }
    return of(type);
  }

  private static Length length(AnnotatedElement where) {
    @Nullable Length length = where.getAnnotation(Length.class);
    if (length == null) {
      throw new IllegalArgumentException("no @Length on " + where);
    }
    return length;
  }

  private static Shape wrapper(Class<?> type) {
    try {
      int length = type.getField("LENGTH").getInt(null);
      return new Shape.Wrapper(
          type.getDeclaredConstructor(Bytes.class), type.getMethod("value"), length);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("an id without LENGTH: " + type, e);
    }
  }

  private static Shape.Fields fields(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Method> accessors = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (RecordComponent component : components) {
      accessors.add(component.getAccessor());
      shapes.add(component(component.getGenericType(), component));
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return new Shape.Fields(
          constructor,
          List.copyOf(accessors),
          List.copyOf(shapes),
          type.isAnnotationPresent(Versioned.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("no canonical constructor: " + type, e);
    }
  }

  private static Shape variants(Class<?> type) {
    Map<Class<?>, Long> kinds = new HashMap<>();
    Map<Long, Shape.Fields> variants = new HashMap<>();
    for (Class<?> variant : type.getPermittedSubclasses()) {
      @Nullable Kind kind = variant.getAnnotation(Kind.class);
      if (kind == null || variants.put((long) kind.value(), fields(variant)) != null) {
        throw new IllegalArgumentException("no @Kind of its own: " + variant);
      }
      kinds.put(variant, (long) kind.value());
    }
    return new Shape.Variants(Map.copyOf(kinds), Map.copyOf(variants));
  }
}
