package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Versioned;
import dev.cofre.protocol.signed.SignedBytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A place in the answers of a route, found by reflection over the records that they are made of.
///
/// @param name as in `Page.commits[].commit.payload`
/// @param steps which element to go to, from the outermost array on; −1 is the last one
/// @param type what is declared there
record Field(String name, List<Integer> steps, Type type) {
  Field {
    steps = List.copyOf(steps);
  }

  /// A value and where it stands.
  record Spot(Node.Array parent, int index) {
    Node value() {
      return parent.elements().get(index);
    }

    void set(Node other) {
      parent.elements().set(index, other);
    }
  }

  /// This place in a body, if the body has it.
  Optional<Spot> in(Node body) {
    Node at = body;
    Optional<Spot> spot = Optional.empty();
    for (int step : steps) {
      if (!(at instanceof Node.Array array) || array.elements().isEmpty()) {
        return Optional.empty();
      }
      int index = step < 0 ? array.elements().size() - 1 : step;
      if (index >= array.elements().size()) {
        return Optional.empty();
      }
      spot = Optional.of(new Spot(array, index));
      at = array.elements().get(index);
    }
    return spot;
  }

  /// What a record type declares, however deep, and what of it a body has.
  static final class Survey {
    private final Map<String, Field> found = new TreeMap<>();
    private final Map<String, Boolean> declared = new TreeMap<>();

    /// The places found so far.
    List<Field> fields() {
      return List.copyOf(found.values());
    }

    /// The components that no body has had so far, by their records.
    List<String> unreached() {
      return declared.entrySet().stream()
          .filter(e -> !e.getValue())
          .map(Map.Entry::getKey)
          .toList();
    }

    /// Looks at one more body of a record type.
    void look(Class<?> type, Node body) {
      record(type, body, type.getSimpleName(), List.of());
    }

    private void record(Class<?> type, Node node, String name, List<Integer> steps) {
      int first =
          type.isAnnotationPresent(Versioned.class) || type.isAnnotationPresent(Kind.class) ? 1 : 0;
      if (first == 1) {
        add(name + "#", steps, 0, int.class);
      }
      RecordComponent[] components = type.getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        RecordComponent component = components[i];
        String below = name + "." + component.getName();
        String owner = type.getName().substring(type.getPackageName().length() + 1);
        declared.putIfAbsent(owner + "." + component.getName(), false);
        int index = first + i;
        if (node instanceof Node.Array array && index < array.elements().size()) {
          declared.put(owner + "." + component.getName(), true);
          add(below, steps, index, component.getGenericType());
          value(component.getGenericType(), array.elements().get(index), below, with(steps, index));
        }
      }
    }

    private void add(String name, List<Integer> steps, int index, Type type) {
      found.putIfAbsent(name, new Field(name, with(steps, index), type));
    }

    private static List<Integer> with(List<Integer> steps, int step) {
      List<Integer> more = new ArrayList<>(steps);
      more.add(step);
      return more;
    }

    private void value(Type type, Node node, String name, List<Integer> steps) {
      if (type instanceof ParameterizedType generic) {
        Type argument = generic.getActualTypeArguments()[0];
        if (generic.getRawType() == Optional.class) {
          value(argument, node, name, steps);
        } else {
          elements(argument, node, name + "[]", steps);
        }
      } else if (type instanceof Class<?> plain
          && plain.isRecord()
          && !Id.class.isAssignableFrom(plain)) {
        record(plain, node, name, steps);
      }
    }

    private void elements(Type type, Node node, String name, List<Integer> steps) {
      if (type instanceof Class<?> plain && plain.isRecord()) {
        for (RecordComponent component : plain.getRecordComponents()) {
          String owner = plain.getName().substring(plain.getPackageName().length() + 1);
          declared.putIfAbsent(owner + "." + component.getName(), false);
        }
      }
      if (node instanceof Node.Array array && !array.elements().isEmpty()) {
        add(name, steps, -1, type);
        value(type, array.elements().getLast(), name, with(steps, -1));
      }
    }
  }

  /// Whether signed bytes are declared here.
  boolean signed() {
    return type == SignedBytes.class;
  }

  /// Whether it holds fields of a record.
  boolean record() {
    return type instanceof Class<?> plain
        && plain.isRecord()
        && !Id.class.isAssignableFrom(plain)
        && plain != Bytes.class;
  }
}
