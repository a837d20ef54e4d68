package dev.cofre.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What was said about how to run: by arguments, else by the environment (`COFRE_LISTEN`), else in a properties file
/// (`cofre.listen`). A value whose name ends in `_FILE` names a file that holds it.
final class Options {
  /// How to start the server.
  static final String USAGE =
      "usage: cofre server [--listen ADDRESS:PORT] [--data DIRECTORY] [--public-url URL]"
          + " [--config FILE] [--stop-with-stdin]";

  private final Map<String, String> arguments;
  private final Map<String, String> environment;
  private final Properties file;

  private Options(Map<String, String> arguments, Map<String, String> environment, Properties file) {
    this.arguments = arguments;
    this.environment = environment;
    this.file = file;
  }

  static Options read(String[] given, Map<String, String> environment) throws BadConfiguration {
    Map<String, String> arguments = new HashMap<>();
    Deque<String> left = new ArrayDeque<>(List.of(given));
    if ("server".equals(left.peek())) {
      left.pop();
    }
    while (!left.isEmpty()) {
      String argument = left.pop();
      switch (argument) {
        case "--stop-with-stdin" -> arguments.put("COFRE_STOP_WITH_STDIN", "true");
        case "--listen", "--data", "--public-url", "--config" -> {
          String value =
              Optional.ofNullable(left.poll())
                  .orElseThrow(() -> new BadConfiguration(argument + " needs a value. " + USAGE));
          arguments.put(
              "COFRE" + argument.substring(1).replace('-', '_').toUpperCase(Locale.ROOT), value);
        }
        default -> throw new BadConfiguration("unknown argument " + argument + ". " + USAGE);
      }
    }
    String config = arguments.getOrDefault("COFRE_CONFIG", environment.get("COFRE_CONFIG"));
    return new Options(arguments, environment, config == null ? new Properties() : load(config));
  }

  private static Properties load(String name) throws BadConfiguration {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadConfiguration("cannot read the configuration file " + name);
    }
  }

  /// A value, wherever it was said first.
  Optional<String> find(String name) {
    String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return Optional.ofNullable(arguments.get(name))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .or(() -> Optional.ofNullable(file.getProperty(dotted)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /// A value that must be there.
  String require(String name) throws BadConfiguration {
    return find(name).orElseThrow(() -> new BadConfiguration(name + " is missing"));
  }

  /// A secret: said, or in the file that `NAME_FILE` names, without its line end.
  Optional<String> secret(String name) throws BadConfiguration {
    Optional<String> path = find(name + "_FILE");
    if (path.isEmpty()) {
      return find(name);
    }
    if (find(name).isPresent()) {
      throw new BadConfiguration("both " + name + " and " + name + "_FILE are set: keep one");
    }
    try {
      String text = Files.readString(Path.of(path.get())).strip();
      if (text.isEmpty()) {
        throw new BadConfiguration("the file of " + name + " is empty");
      }
      return Optional.of(text);
    } catch (IOException e) {
      throw new BadConfiguration("cannot read the file of " + name + ": " + path.get());
    }
  }
}
