package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;

/// Until when a send can be opened, as people type it: `12h`, `1d`, `1w`, `1m` (a month), `5y`, or the last day.
final class SendTimes {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,4}[hdwmy]");
  private static final Duration LONGEST = Duration.ofDays(5 * 366);

  private SendTimes() {}

  static Instant parse(Run run, String typed) {
    Instant now = run.surroundings().clock().instant();
    Instant until =
        FORM.matcher(typed).matches() ? after(run, now, typed) : Spans.endOf(run, typed);
    if (!until.isAfter(now) || Duration.between(now, until).compareTo(LONGEST) > 0) {
      throw run.texts().halt(Exit.USAGE, "send-expires", Visible.of(typed));
    }
    return until;
  }

  private static Instant after(Run run, Instant now, String typed) {
    long number = Long.parseLong(typed.substring(0, typed.length() - 1));
    ZonedDateTime from = now.atZone(run.terminal().shell().zone());
    ZonedDateTime until =
        switch (typed.charAt(typed.length() - 1)) {
          case 'h' -> from.plusHours(number);
          case 'd' -> from.plusDays(number);
          case 'w' -> from.plusWeeks(number);
          case 'm' -> from.plusMonths(number);
          default -> from.plusYears(number);
        };
    return until.toInstant();
  }
}
