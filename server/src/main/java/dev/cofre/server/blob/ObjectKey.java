package dev.cofre.server.blob;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an object: one to four segments of lower-case hexadecimal separated by `/`, each of 2 to 64 digits. So no
/// key can climb out of a directory, hide, or differ from another only by case or normalisation.
public record ObjectKey(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2,64}(?:/[0-9a-f]{2,64}){0,3}");

  /// @throws IllegalArgumentException when the text is not of that form
  public ObjectKey {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an object key");
    }
  }

  /// The key a store has under that name, empty when the name is not one of ours.
  static Optional<ObjectKey> parse(String name) {
    return FORM.matcher(name).matches() ? Optional.of(new ObjectKey(name)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
