package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// Lengths of time and dates as people type them.
final class Spans {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}[mhdw]");

  private Spans() {}

  /// A number with `m`, `h`, `d` or `w`: minutes, hours, days, weeks.
  static Duration parse(Run run, String typed) {
    if (!FORM.matcher(typed).matches()) {
      throw run.texts().halt(Exit.USAGE, "span", Visible.of(typed));
    }
    try {
      long number = Long.parseLong(typed.substring(0, typed.length() - 1));
      Duration span =
          switch (typed.charAt(typed.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            case 'w' -> Duration.ofDays(Math.multiplyExact(number, 7L));
            default -> Duration.ZERO;
          };
      if (span.isPositive() && span.compareTo(Duration.ofDays(3660)) <= 0) {
        return span;
      }
    } catch (ArithmeticException e) {
      throw run.texts().halt(Exit.USAGE, "span", Visible.of(typed));
    }
    throw run.texts().halt(Exit.USAGE, "span", Visible.of(typed));
  }

  /// The end of a day, in the machine's zone.
  static Instant endOf(Run run, String typed) {
    try {
      Instant end =
          LocalDate.parse(typed)
              .plusDays(1)
              .atStartOfDay(run.terminal().shell().zone())
              .toInstant();
      if (end.isAfter(run.surroundings().clock().instant())) {
        return end;
      }
      throw run.texts().halt(Exit.USAGE, "date-past", Visible.of(typed));
    } catch (DateTimeParseException e) {
      throw run.texts().halt(Exit.USAGE, "date", Visible.of(typed));
    }
  }
}
