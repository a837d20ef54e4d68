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
      char c = glob.charAt(i);
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
          regex.append(Pattern.quote(i < glob.length() ? glob.substring(i, i + 1) : "\\"));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  /// Writes `[…]` as the regular expression's class, and returns where it ends.
  private static int choice(String glob, int start, StringBuilder regex) throws Malformed {
    int end = glob.indexOf(']', start + 2);
    if (end < 0) {
      throw new Malformed(
          "the pattern " + glob + " is not complete",
          "Close its brackets, or put a \\ before them.");
    }
    String inside = glob.substring(start + 1, end);
    boolean not = inside.startsWith("!") || inside.startsWith("^");
    regex.append("(?!/)[").append(not ? "^" : "");
    for (char c : inside.substring(not ? 1 : 0).toCharArray()) {
      regex.append(c == '-' || Character.isLetterOrDigit(c) ? "" : "\\").append(c);
    }
    regex.append(']');
    return end;
  }
}
