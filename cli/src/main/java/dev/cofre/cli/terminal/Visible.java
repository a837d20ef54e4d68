package dev.cofre.cli.terminal;

import java.util.Locale;

/// Makes a text that somebody else chose safe to show: what could move the cursor, change colours, reorder or hide text, or
/// start a new line becomes a visible escape. The result is one line and can be read back without doubt.
public final class Visible {
  private Visible() {}

  /// The text with escapes such as `\n`, `\e`, `\x{202E}` and `\\`.
  public static String of(String text) {
    if (text.codePoints().noneMatch(Visible::needsEscape)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (needsEscape(point)) {
            shown.append(escape(point));
          } else {
            shown.appendCodePoint(point);
          }
        });
    return shown.toString();
  }

  private static String escape(int point) {
    return switch (point) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 0x1b -> "\\e";
      default -> "\\x{" + Integer.toHexString(point).toUpperCase(Locale.ROOT) + "}";
    };
  }

  private static boolean needsEscape(int point) {
    if (point < 0x7f) {
      return point < ' ' || point == '\\';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> isBlankLetter(point);
    };
  }

  /// Letters and symbols that show as nothing: Hangul fillers and the empty braille cell.
  private static boolean isBlankLetter(int point) {
    return switch (point) {
      case 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800, 0x034f, 0x17b4, 0x17b5 -> true;
      default -> false;
    };
  }
}
