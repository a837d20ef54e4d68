package dev.cofre.client.transfer;

import dev.cofre.client.failure.LocalState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a path of a vault may go on this disk. A member of the vault may have chosen the path with bad intent, so only plain
/// names pass, and no symbolic link is followed below the directory asked for.
public final class LocalNames {
  /// How the names of files begin that this program makes and deletes by itself.
  public static final String OWN = ".cofre-";

  private static final int MAX_NAME = 255;
  private static final int LONGEST_EXTENSION = 20;
  private static final Set<String> RESERVED =
      Set.of(
          "con", "prn", "aux", "nul", "conin$", "conout$", "com1", "com2", "com3", "com4", "com5",
          "com6", "com7", "com8", "com9", "com¹", "com²", "com³", "lpt1", "lpt2", "lpt3", "lpt4",
          "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³");

  private LocalNames() {}

  /// The local path of `relative` (components parted by `/`) below an existing directory.
  ///
  /// @throws LocalState when a component is not a plain name, or leads through a symbolic link
  public static Path resolve(Path directory, String relative) throws LocalState {
    Path path = directory;
    for (String name : relative.split("/", -1)) {
      if (!path.equals(directory) && Files.isSymbolicLink(path)) {
        throw refused(LocalState.Kind.FILE, "it leads through a symbolic link");
      }
      Optional<String> objection = objection(name);
      if (objection.isPresent()) {
        throw refused(LocalState.Kind.NAME, objection.get());
      }
      try {
        path = path.resolve(name);
      } catch (InvalidPathException _) {
        throw refused(
            LocalState.Kind.NAME, "it has characters that files of this system cannot have");
      }
    }
    requireInside(directory, path);
    return path;
  }

  /// What is wrong with a single name, if anything.
  public static Optional<String> objection(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return Optional.of("it has an empty, \".\" or \"..\" part");
    }
    if (name.codePoints().anyMatch(LocalNames::isHarmful)) {
      return Optional.of("it has characters that files cannot have or that deceive");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      return Optional.of("a part of it is longer than 255 bytes");
    }
    if (name.endsWith(".") || name.endsWith(" ")) {
      return Optional.of("a part of it ends in a dot or a space");
    }
    if (isOwn(name)) {
      return Optional.of("a part of it begins with " + OWN + ", as files of Cofre itself do");
    }
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return RESERVED.contains(stem.stripTrailing().toLowerCase(Locale.ROOT))
        ? Optional.of("a part of it is a device's name on some systems")
        : Optional.empty();
  }

  /// A plain name that a file can have, as like as possible to one that somebody else chose with whatever intent.
  public static String harmless(String wanted) {
    StringBuilder name = new StringBuilder();
    int length = 0;
    for (int c : wanted.codePoints().toArray()) {
      int safe = isHarmful(c) || "*?\"<>|".indexOf(c) >= 0 ? '_' : c;
      length += Character.toString(safe).getBytes(StandardCharsets.UTF_8).length;
      if (length > MAX_NAME - 1) {
        break;
      }
      name.appendCodePoint(safe);
    }
    while (!name.isEmpty() && ". ".indexOf(name.charAt(name.length() - 1)) >= 0) {
      name.setLength(name.length() - 1);
    }
    String plain = name.toString();
    return objection(plain).isEmpty() ? plain : "_" + plain;
  }

  /// Such a name with a number before its extension, as in `report (2).pdf`; shortened where it would be too long.
  public static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    String extension =
        dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
    String end = " (" + number + ")" + extension;
    StringBuilder stem = new StringBuilder(name.substring(0, name.length() - extension.length()));
    while ((stem + end).getBytes(StandardCharsets.UTF_8).length > MAX_NAME - 1) {
      stem.setLength(stem.offsetByCodePoints(stem.length(), -1));
    }
    return harmless(stem + end);
  }

  /// Whether a file of this name is one that this program makes and deletes by itself.
  public static boolean isOwn(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(OWN);
  }

  private static boolean isHarmful(int c) {
    boolean bidirectional =
        (c >= 0x202A && c <= 0x202E)
            || (c >= 0x2066 && c <= 0x2069)
            || c == 0x200E
            || c == 0x200F
            || c == 0x061C;
    return Character.isISOControl(c)
        || bidirectional
        || c == '/'
        || c == '\\'
        || c == ':'
        || c == 0x2028
        || c == 0x2029
        || (c >= 0xD800 && c <= 0xDFFF);
  }

  /// Refuses a path that does not lie below a directory by now, whatever links somebody has put on its way meanwhile.
  static void requireInside(Path directory, Path path) throws LocalState {
    try {
      Path root = directory.toRealPath();
      Path existing = path;
      while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
        existing = existing.getParent();
      }
      if (existing == null || !existing.toRealPath().startsWith(root)) {
        throw refused(LocalState.Kind.FILE, "it leads out of the directory");
      }
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot look at " + directory, e);
    }
  }

  private static LocalState refused(LocalState.Kind kind, String reason) {
    return new LocalState(
        kind,
        "a path of the vault cannot be written here: " + reason,
        "Get this file by itself under a name of your own.");
  }
}
