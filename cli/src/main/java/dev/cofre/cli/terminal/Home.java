package dev.cofre.cli.terminal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where a device keeps its whole state.
public final class Home {
  private Home() {}

  /// `COFRE_HOME`, else the place that the operating system gives to data of programs.
  ///
  /// @param system the name of the operating system, as in the property `os.name`
  public static Path locate(Map<String, String> environment, Path directory, String system) {
    String chosen = environment.getOrDefault("COFRE_HOME", "");
    if (!chosen.isBlank()) {
      return directory.resolve(chosen).normalize();
    }
    String name = system.toLowerCase(Locale.ROOT);
    Path person = directory.resolve(environment.getOrDefault("HOME", "."));
    if (name.startsWith("mac")) {
      return person.resolve("Library/Application Support/Cofre");
    }
    if (name.startsWith("windows")) {
      Path roaming = directory.resolve(environment.getOrDefault("APPDATA", "AppData/Roaming"));
      return roaming.resolve("Cofre");
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base = data.startsWith("/") ? Path.of(data) : person.resolve(".local/share");
    return base.resolve("cofre");
  }
}
