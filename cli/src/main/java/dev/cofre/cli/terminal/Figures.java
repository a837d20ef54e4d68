package dev.cofre.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Numbers as people read them: sizes, rates, times.
public final class Figures {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final Language language;
  private final ZoneId zone;

  /// Figures in the form of a language, with times of a zone.
  public Figures(Language language, ZoneId zone) {
    this.language = language;
    this.zone = zone;
  }

  /// A number of bytes, such as `1.4 MiB`.
  public String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    if (unit == 0) {
      return bytes + " B";
    }
    String pattern = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(language.figures(), pattern, value, UNITS[unit]);
  }

  /// A moment, to the minute, in the zone of the machine.
  public String moment(Instant instant) {
    return MOMENT.format(instant.atZone(zone));
  }

  /// A length of time, such as `0:07` or `1:02:03`.
  public static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? String.format("%d:%02d", seconds / 60, seconds % 60)
        : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
