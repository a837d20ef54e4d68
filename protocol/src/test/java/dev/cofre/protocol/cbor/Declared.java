package dev.cofre.protocol.cbor;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.signed.SignedBytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every structure of the wire that this module declares, found in its classes, with values of each: a new one cannot be
/// forgotten.
record Declared<T>(Class<T> type, Codec<T> codec) {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  /// All types with a codec of their own.
  static List<Declared<?>> all() {
    List<Declared<?>> found = new ArrayList<>();
    CLASSES.stream()
        .filter(each -> each.tryGetField("CODEC").isPresent())
        .sorted(Comparator.comparing(JavaClass::getName))
        .map(JavaClass::reflect)
        .forEach(type -> found.add(of(type)));
    return found;
  }

  private static <T> Declared<T> of(Class<T> type) {
    return new Declared<>(type, Codec.of(type));
  }

  /// All records that stand in such a type somewhere.
  static Set<Class<?>> records() {
    Set<Class<?>> reached = new LinkedHashSet<>();
    all().forEach(declared -> reach(declared.type(), reached));
    return reached;
  }

  private static void reach(Class<?> type, Set<Class<?>> reached) {
    if (type.isSealed() && type.isInterface()) {
      Stream.of(type.getPermittedSubclasses()).forEach(variant -> reach(variant, reached));
    } else if (type.isRecord() && !Id.class.isAssignableFrom(type) && reached.add(type)) {
      for (RecordComponent component : type.getRecordComponents()) {
        Type generic = component.getGenericType();
        Type element =
            generic instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : generic;
        reach((Class<?>) element, reached);
      }
    }
  }

  /// The encodings of one value for each combination of variants.
  List<byte[]> samples() {
    return values(type).stream().map(value -> codec.encode(type.cast(value))).toList();
  }

  /// Whether decoding gives a value, which then has this one encoding.
  Optional<byte[]> decodedAndWrittenAgain(byte[] bytes) throws MalformedException {
    return Optional.of(codec.encode(codec.decode(bytes)));
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  private static List<Object> values(Class<?> type) {
    if (type.isSealed() && type.isInterface()) {
      return Stream.of(type.getPermittedSubclasses()).flatMap(v -> values(v).stream()).toList();
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants()[0]);
    }
    if (type == long.class || type == Long.class) {
      return List.of(24L);
    }
    if (type == int.class) {
      return List.of(24);
    }
    if (type == VaultId.class || type == Hash.class || Id.class.isAssignableFrom(type)) {
      return List.of(id(type));
    }
    return records(type);
  }

  private static Object id(Class<?> type) {
    try {
      int length = type.getField("LENGTH").getInt(null);
      byte[] bytes = new byte[length];
      bytes[0] = 7;
      return type.getDeclaredConstructor(Bytes.class).newInstance(Bytes.of(bytes));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// A record for each value of its most varied component.
  private static List<Object> records(Class<?> type) {
    if (type == SignedBytes.class) {
      return List.of(new SignedBytes(Bytes.zeros(3), Bytes.zeros(64)));
    }
    if (type == Uploads.Receipt.class) {
      return List.of(new Uploads.Receipt("e"));
    }
    if (type == Head.class) {
      return List.of(new Head(24, Hash.ZERO));
    }
    RecordComponent[] components = type.getRecordComponents();
    List<List<Object>> choices = new ArrayList<>();
    int most = 1;
    for (RecordComponent component : components) {
      List<Object> choice = component(component.getGenericType(), component);
      choices.add(choice);
      most = Math.max(most, choice.size());
    }
    List<Object> made = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int round = i;
      made.add(
          make(type, components, choices.stream().map(c -> c.get(round % c.size())).toArray()));
    }
    return made;
  }

  private static Object make(Class<?> type, RecordComponent[] components, Object... arguments) {
    try {
      Class<?>[] types =
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no sample of " + type, e);
    }
  }

  private static List<Object> component(Type type, RecordComponent where) {
    Length length = where.getAnnotation(Length.class);
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        List<Object> full = component(argument, where).stream().<Object>map(Optional::of).toList();
        return Stream.concat(full.stream(), Stream.of(Optional.empty())).toList();
      }
      Class<?> element = (Class<?>) argument;
      return List.of(values(element));
    }
    if (type == Bytes.class) {
      int least = Math.max(length.min(), Math.min(length.max(), 5));
      return List.of(Bytes.zeros(least));
    }
    if (type == String.class) {
      return List.of("é");
    }
    return values((Class<?>) type);
  }
}
