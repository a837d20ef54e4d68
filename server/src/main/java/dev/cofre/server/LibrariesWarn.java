package dev.cofre.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/// Keeps what libraries say below a warning out of the log, whatever level somebody sets: at their most talkative they print requests,
/// statements and bytes.
public final class LibrariesWarn extends Filter<ILoggingEvent> {
  private static final String OURS = "dev.cofre.";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().startsWith(OURS) || event.getLevel().isGreaterOrEqual(Level.WARN)
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }
}
