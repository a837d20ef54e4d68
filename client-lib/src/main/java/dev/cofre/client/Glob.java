package dev.cofre.client;

import dev.cofre.client.failure.Malformed;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A pattern over paths in a vault: `*` and `?` stay within a name, `**` crosses directories, `[…]` and `{…,…}` choose. Without a
/// slash it is held against the last name of a path alone. The same on every system.
final class Glob {
  private final Pattern pattern;
  private final boolean wholePath;

  private Glob(Pattern pattern, boolean wholePath) {
    this.pattern = pattern;
    this.wholePath = wholePath;
  }

  /// Reads a pattern.
  ///
  /// @throws Malformed when a bracket is not closed
  static Glob of(String glob) throws Malformed {
    boolean wholePath = glob.contains("/");
    String anchored = !wholePath || glob.startsWith("/") ? glob : "/" + glob;
    try {
      return new Glob(Pattern.compile(regex(anchored), Pattern.DOTALL), wholePath);
    } catch (PatternSyntaxException _) {
      throw new Malformed(
          "the pattern " + glob + " is not complete",
          "Close its brackets, or put a \\ before them.");
    }
  }

  boolean matches(String path) {
    String held = wholePath ? path : path.substring(path.lastIndexOf('/') + 1);
    return pattern.matcher(held).matches();
  }

  private static String regex(String glob) throws Malformed {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      int c = glob.codePointAt(i);
      switch (c) {
        case '*' -> {
          boolean deep = glob.startsWith("**", i);
          boolean directories = deep && glob.startsWith("**/", i);
          regex.append(directories ? "(?:.*/)?" : deep ? ".*" : "[^/]*");
          i += directories ? 2 : deep ? 1 : 0;
        }
        case '?' -> regex.append("[^/]");
        case '[' -> i = choice(glob, i, regex);
        case '{' -> {
          regex.append("(?:");
          braces++;
        }
        case '}' -> {
          regex.append(braces > 0 ? ")" : "\\}");
          braces = Math.max(0, braces - 1);
        }
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        case '\\' -> {
          i++;
          int next = i < glob.length() ? glob.codePointAt(i) : '\\';
          regex.append(Pattern.quote(Character.toString(next)));
          i += Character.charCount(next) - 1;
        }
        default -> {
          regex.append(Pattern.quote(Character.toString(c)));
          i += Character.charCount(c) - 1;
        }
      }
    }
    return regex.toString();
  }

  /// Writes `[…]` as the regular expression's class, and returns where it ends.
  private static int choice(String glob, int start, StringBuilder regex) throws Malformed {
    boolean not = glob.startsWith("!", start + 1) || glob.startsWith("^", start + 1);
    int first = start + (not ? 2 : 1);
    int end = glob.indexOf(']', first + 1);
    if (end < 0) {
      throw new Malformed(
          "the pattern " + glob + " is not complete",
          "Close its brackets, or put a \\ before them.");
    }
    regex.append("(?!/)[").append(not ? "^" : "");
    glob.substring(first, end)
        .codePoints()
        .forEach(c ->
            regex
                .append(c == '-' || Character.isLetterOrDigit(c) || c > 0x7f ? "" : "\\")
                .appendCodePoint(c));
    regex.append(']');
    return end;
  }
}
