package dev.cofre.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cofre.protocol.Id;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records as JSON: a component is a field of the same name, an empty [Optional] is `null`, an enum is lower case with
/// hyphens, a moment is ISO 8601 in UTC,
/// an id is hexadecimal. Everything beyond `~` is escaped, so a line is safe on any terminal.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// One document on one line.
  public static String of(Record value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.setHighestNonEscapedChar('~');
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Optional<?> maybe -> write(json, maybe.orElse(null));
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Enum<?> constant ->
          json.writeString(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Id id -> json.writeString(id.hex());
      case URI address -> json.writeString(address.toString());
      case Path path -> json.writeString(path.toString());
      case Instant instant -> json.writeString(instant.toString());
      case Collection<?> items -> {
        json.writeStartArray();
        for (Object item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case Map<?, ?> fields -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          json.writeFieldName(field.getKey().toString());
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case Record fields -> writeRecord(json, fields);
      default -> throw new IllegalArgumentException("no JSON form: " + value.getClass().getName());
    }
  }

  private static void writeRecord(JsonGenerator json, Record value) throws IOException {
    json.writeStartObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      json.writeFieldName(component.getName());
      try {
        component.getAccessor().setAccessible(true);
        write(json, component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record that cannot be read", e);
      }
    }
    json.writeEndObject();
  }
}
