package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.remote.Limits;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How fast a verb may move contents: what was typed, else what the environment says.
final class Rates {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9})(?:\\.([0-9]))?([kmg])?", Pattern.CASE_INSENSITIVE);

  @Option(names = "--limit-up", paramLabel = "RATE")
  private @Nullable String up;

  @Option(names = "--limit-down", paramLabel = "RATE")
  private @Nullable String down;

  Limits limits(Terminal terminal) {
    Map<String, String> environment = terminal.shell().environment();
    return new Limits(
        one(up, environment.getOrDefault("COFRE_LIMIT_UP", ""), terminal.texts()),
        one(down, environment.getOrDefault("COFRE_LIMIT_DOWN", ""), terminal.texts()));
  }

  private static OptionalLong one(@Nullable String typed, String inherited, Texts texts) {
    if (typed != null) {
      return OptionalLong.of(parse(typed, texts));
    }
    return inherited.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parse(inherited, texts));
  }

  /// Bytes a second: a number, with one digit after the point at most, and `k`, `M` or `G` of 1024 each.
  private static long parse(String typed, Texts texts) {
    Matcher matcher = FORM.matcher(typed);
    if (matcher.matches()) {
      String unit = Optional.ofNullable(matcher.group(3)).orElse("").toLowerCase(Locale.ROOT);
      long factor =
          switch (unit) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1;
          };
      long tenths =
          Long.parseLong(matcher.group(1)) * 10
              + Long.parseLong(Optional.ofNullable(matcher.group(2)).orElse("0"));
      long rate = tenths * factor / 10;
      if (rate >= Limits.LEAST) {
        return rate;
      }
      throw texts.halt(Exit.USAGE, "rate-low", Visible.of(typed));
    }
    throw texts.halt(Exit.USAGE, "rate", Visible.of(typed));
  }
}
