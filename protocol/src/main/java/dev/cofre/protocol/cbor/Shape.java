package dev.cofre.protocol.cbor;

import dev.cofre.protocol.Bytes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one Java type stands in CBOR.
sealed interface Shape {
  void write(CborWriter out, Object value);

  Object read(CborReader in) throws MalformedException;

  /// An unsigned integer; `int` components are bounded by their type.
  record Unsigned(boolean narrow) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      out.unsigned(((Number) value).longValue());
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      long value = in.unsigned();
      if (!narrow) {
        return value;
      }
      if (value > Integer.MAX_VALUE) {
        throw new MalformedException("integer beyond 2^31-1");
      }
      return (int) value;
    }
  }

  /// A byte string.
  record ByteString(int min, int max) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      Bytes bytes = (Bytes) value;
      Bounds.require(bytes.length(), min, max);
      out.bytes(bytes);
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return in.bytes(min, max);
    }
  }

  /// UTF-8 text.
  record Text(int min, int max) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      String text = (String) value;
      Bounds.require(text.getBytes(StandardCharsets.UTF_8).length, min, max);
      out.text(text);
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return in.text(min, max);
    }
  }

  /// An enum's ordinal.
  record Choice(List<Object> constants) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      out.unsigned(constants.indexOf(value));
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      long ordinal = in.unsigned();
      if (ordinal >= constants.size()) {
        throw new UpdateNeededException("unknown choice " + ordinal);
      }
      return constants.get((int) ordinal);
    }
  }

  /// Null or a value.
  record Maybe(Shape of) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      Optional<?> optional = (Optional<?>) value;
      if (optional.isPresent()) {
        of.write(out, optional.get());
      } else {
        out.nothing();
      }
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return in.nothing() ? Optional.empty() : Optional.of(of.read(in));
    }
  }

  /// A list.
  record Sequence(Shape of, int min, int max) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      List<?> list = (List<?>) value;
      Bounds.require(list.size(), min, max);
      out.array(list.size());
      for (Object element : list) {
        of.write(out, element);
      }
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      int length = in.array(min, max);
      List<Object> list = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        list.add(of.read(in));
      }
      return List.copyOf(list);
    }
  }

  /// An id: its byte string alone.
  record Wrapper(Constructor<?> constructor, Method accessor, int length) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      out.bytes((Bytes) Reflection.get(accessor, value));
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return Reflection.make(constructor, in.bytes(length, length));
    }
  }

  /// A record: an array, after `head` leading numbers that its variants or version fix.
  record Fields(
      Constructor<?> constructor, List<Method> accessors, List<Shape> shapes, boolean versioned)
      implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      out.array(shapes.size() + (versioned ? 1 : 0));
      writeFields(out, value);
    }

    void writeFields(CborWriter out, Object value) {
      if (versioned) {
        out.unsigned(1);
      }
      for (int i = 0; i < shapes.size(); i++) {
        shapes.get(i).write(out, Reflection.get(accessors.get(i), value));
      }
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      int length = in.array(0, Integer.MAX_VALUE);
      return readFields(in, length);
    }

    /// Reads the fields of an array with `length` elements left. The version is looked at before the length, because
    /// another version may have other fields.
    Object readFields(CborReader in, int length) throws MalformedException {
      if (versioned && (length == 0 || in.unsigned() != 1)) {
        throw new UpdateNeededException("unknown version");
      }
      if (length != shapes.size() + (versioned ? 1 : 0)) {
        throw new MalformedException("wrong number of fields");
      }
      Object[] values = new Object[shapes.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = shapes.get(i).read(in);
      }
      return Reflection.make(constructor, values);
    }
  }

  /// A sealed interface: a record's array with its kind first.
  record Variants(Map<Class<?>, Long> kinds, Map<Long, Fields> variants) implements Shape {
    @Override
    public void write(CborWriter out, Object value) {
      long kind = Objects.requireNonNull(kinds.get(value.getClass()));
      Fields fields = Objects.requireNonNull(variants.get(kind));
      out.array(1 + fields.shapes().size());
      out.unsigned(kind);
      fields.writeFields(out, value);
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      int length = in.array(1, Integer.MAX_VALUE);
      long kind = in.unsigned();
      @Nullable Fields fields = variants.get(kind);
      if (fields == null) {
        throw new UpdateNeededException("unknown kind " + kind);
      }
      return fields.readFields(in, length - 1);
    }
  }

  /// Bounds of a length on the writing side.
  final class Bounds {
    private Bounds() {}

    static void require(int length, int min, int max) {
      if (length < min || length > max) {
        throw new IllegalArgumentException("length " + length + " outside " + min + ".." + max);
      }
    }
  }

  /// Calls into records. A compact constructor's refusal is the reader's [MalformedException].
  final class Reflection {
    private Reflection() {}

    static Object get(Method accessor, Object record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("record accessor " + accessor, e);
      }
    }

    static Object make(Constructor<?> constructor, Object... values) throws MalformedException {
      try {
        return constructor.newInstance(values);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
          throw new MalformedException(String.valueOf(refused.getMessage()));
        }
        throw new IllegalStateException("constructor " + constructor, e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("constructor " + constructor, e);
      }
    }
  }
}
