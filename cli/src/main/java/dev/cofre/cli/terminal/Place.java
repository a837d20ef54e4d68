package dev.cofre.cli.terminal;

import java.util.Locale;

/// Something a command works on: `VAULT:/path` in a vault, or a plain path on this machine.
public sealed interface Place {
  /// A path on this machine, as typed.
  record Local(String path) implements Place {}

  /// A path in a vault. The path begins with `/`; one that ends in `/` means a directory.
  record InVault(String vault, String path) implements Place {
    /// Whether a directory is meant.
    public boolean isDirectory() {
      return path.endsWith("/");
    }

    /// Whether the last part has one of the wildcards `*`, `?`, `[`.
    public boolean isPattern() {
      return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    @Override
    public String toString() {
      return vault + ":" + path;
    }
  }

  /// What was typed. `./a:b` and an absolute path are always local, and so is `C:\` on Windows.
  ///
  /// @throws Halt on a vault path that cannot be one, saying why
  static Place parse(String typed, Texts texts) {
    int colon = typed.indexOf(':');
    if (colon < 0 || typed.startsWith("/") || typed.startsWith(".") || isDrive(typed)) {
      if (typed.isEmpty() || typed.indexOf('\0') >= 0) {
        throw texts.halt(Exit.USAGE, "path-local", Visible.of(typed));
      }
      return new Local(typed);
    }
    return vaultPath(typed, colon, texts);
  }

  /// What was typed, where only a place in a vault will do.
  ///
  /// @throws Halt on anything else
  static InVault parseInVault(String typed, Texts texts) {
    return switch (parse(typed, texts)) {
      case InVault place -> place;
      case Local _ -> throw texts.halt(Exit.USAGE, "path-not-vault", Visible.of(typed));
    };
  }

  /// What was typed, where only a path on this machine will do.
  ///
  /// @throws Halt on a place in a vault
  static Local parseLocal(String typed, Texts texts) {
    return switch (parse(typed, texts)) {
      case Local place -> place;
      case InVault _ -> throw texts.halt(Exit.USAGE, "path-not-local", Visible.of(typed));
    };
  }

  private static InVault vaultPath(String typed, int colon, Texts texts) {
    String vault = typed.substring(0, colon);
    String path = typed.substring(colon + 1);
    if (vault.isBlank()) {
      throw texts.halt(Exit.USAGE, "path-no-vault", Visible.of(typed));
    }
    if (!path.startsWith("/")) {
      throw texts.halt(
          Exit.USAGE, "path-no-slash", Visible.of(typed), Visible.of(vault + ":/" + path));
    }
    if (path.indexOf('\0') >= 0) {
      throw texts.halt(Exit.USAGE, "path-nul", Visible.of(typed));
    }
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (parts[i].equals("..") || parts[i].equals(".")) {
        throw texts.halt(Exit.USAGE, "path-dots", Visible.of(typed));
      }
      if (parts[i].isEmpty() && !last) {
        throw texts.halt(Exit.USAGE, "path-empty-part", Visible.of(typed));
      }
    }
    return new InVault(vault, path);
  }

  private static boolean isDrive(String typed) {
    return typed.length() >= 3
        && typed.charAt(1) == ':'
        && typed.charAt(2) == '\\'
        && "abcdefghijklmnopqrstuvwxyz".contains(typed.substring(0, 1).toLowerCase(Locale.ROOT));
  }
}
