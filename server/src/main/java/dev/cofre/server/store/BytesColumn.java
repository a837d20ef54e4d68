package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Between [Bytes] and a column of bytes.
@Singleton
final class BytesColumn implements AttributeConverter<Bytes, byte[]> {
  @Override
  public byte @Nullable [] convertToPersistedValue(
      @Nullable Bytes value, ConversionContext context) {
    return value == null ? null : value.toArray();
  }

  @Override
  public @Nullable Bytes convertToEntityValue(byte @Nullable [] value, ConversionContext context) {
    return value == null ? null : Bytes.of(value);
  }
}
