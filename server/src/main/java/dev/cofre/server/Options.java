package dev.cofre.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/// What was said about how to run: by arguments, else by the environment (`COFRE_LISTEN`), else in a properties file
/// (`cofre.listen`). A value whose name ends in `_FILE` names a file that holds it.
final class Options {
  /// How to start the server.
  static final String USAGE =
      "usage: cofre server [--listen ADDRESS:PORT] [--data DIRECTORY] [--public-url URL]"
          + " [--config FILE] [--stop-with-stdin]";

  /// What a configuration file may say; secrets also as the file that holds them, with `.file` after the name.
  private static final Set<String> SECRETS =
      Set.of(
          "cofre.registration.token",
          "cofre.db.password",
          "cofre.s3.access.key",
          "cofre.s3.secret.key");

  private static final Set<String> KNOWN =
      Set.of(
          "cofre.listen",
          "cofre.data",
          "cofre.public.url",
          "cofre.trusted.proxy",
          "cofre.upload.grace",
          "cofre.team.quota",
          "cofre.team.sends",
          "cofre.stop.with.stdin",
          "cofre.db.url",
          "cofre.db.user",
          "cofre.db.connections",
          "cofre.requests.per.address",
          "cofre.requests.per.device",
          "cofre.requests.per.team",
          "cofre.connections",
          "cofre.connections.per.address",
          "cofre.slowest",
          "cofre.blobs",
          "cofre.s3.endpoint",
          "cofre.s3.region",
          "cofre.s3.bucket",
          "cofre.s3.ca",
          "cofre.s3.delivery",
          "cofre.s3.public.endpoint",
          "cofre.s3.path.style");

  private static final String STOP_WITH_STDIN = "COFRE_STOP_WITH_STDIN";

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Map<String, String> arguments;
  private final Map<String, String> environment;
  private final Properties file;
  private final Set<String> off = new HashSet<>();
  private final Set<String> open = new TreeSet<>();

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
    Options options =
        new Options(arguments, environment, config == null ? new Properties() : load(config));
    if (options.find(STOP_WITH_STDIN).isPresent() && !options.isTrue(STOP_WITH_STDIN, false)) {
      options.off.add(STOP_WITH_STDIN);
    }
    return options;
  }

  private static Properties load(String name) throws BadConfiguration {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      properties.load(reader);
      requireKnown(name, properties);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadConfiguration("cannot read the configuration file " + name);
    }
  }

  private static void requireKnown(String name, Properties properties) throws BadConfiguration {
    Set<String> known = new TreeSet<>(KNOWN);
    SECRETS.forEach(secret -> known.addAll(Set.of(secret, secret + ".file")));
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!known.contains(key)) {
        throw new BadConfiguration(
            "unknown name "
                + key
                + " in the configuration file "
                + name
                + ". Known are "
                + String.join(", ", known));
      }
    }
  }

  /// Whether a value is true, which is to be `true` or `false`. A flag that is off is as one that was not said.
  boolean isTrue(String name, boolean otherwise) throws BadConfiguration {
    Optional<String> said = find(name);
    return switch (said.orElse(Boolean.toString(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new BadConfiguration(name + " is to be true or false, not " + said.orElse(""));
    };
  }

  /// A whole number in a range.
  int number(String name, int least, int most, int otherwise) throws BadConfiguration {
    Optional<String> said = find(name);
    try {
      int number = said.map(Integer::parseInt).orElse(otherwise);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new BadConfiguration(
        name + " is to be a number from " + least + " to " + most + ", not " + said.orElse(""));
  }

  /// A value, wherever it was said first.
  Optional<String> find(String name) {
    String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return Optional.ofNullable(arguments.get(name))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .or(() -> Optional.ofNullable(file.getProperty(dotted)))
        .map(String::strip)
        .filter(value -> !value.isEmpty() && !off.contains(name));
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
      if (isOpen(Path.of(path.get()))) {
        open.add(name + "_FILE");
      }
      if (text.isEmpty()) {
        throw new BadConfiguration("the file of " + name + " is empty");
      }
      return Optional.of(text);
    } catch (IOException e) {
      throw new BadConfiguration("cannot read the file of " + name + ": " + path.get());
    }
  }

  /// Which of the secrets that were asked for lie in files that others on this machine can read.
  Set<String> openSecrets() {
    return new TreeSet<>(open);
  }

  private static boolean isOpen(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
  }
}
