package dev.cofre.server.blob;

import java.util.regex.Pattern;

/// What a store needs to find an unfinished upload again, for keeping in a row: 1 to 1,200 printable ASCII characters
/// without meaning to anyone else.
public record UploadHandle(String value) {
  private static final Pattern FORM = Pattern.compile("[!-~]{1,1200}");

  /// @throws IllegalArgumentException when the text is not of that form
  public UploadHandle {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an upload handle");
    }
  }
}
