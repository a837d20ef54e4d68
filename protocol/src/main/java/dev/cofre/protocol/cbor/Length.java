package dev.cofre.protocol.cbor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How long a byte string (bytes), text (bytes of UTF-8) or list (elements) may be. Required on every component of those
/// types; enforced when writing and, before allocation, when reading. Inside an `Optional` it bounds the value.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Length {
  /// The smallest allowed length.
  int min() default 0;

  /// The greatest allowed length.
  int max();
}
