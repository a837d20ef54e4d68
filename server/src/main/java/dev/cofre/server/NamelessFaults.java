package dev.cofre.server;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/// What was thrown, in one line of the log: classes and places, never a message. For libraries that log exceptions themselves.
public final class NamelessFaults extends ThrowableHandlingConverter {
  private static final int CAUSES = 8;
  private static final int FRAMES = 8;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    IThrowableProxy thrown = event.getThrowableProxy();
    for (int i = 0; i < CAUSES && thrown != null; i++) {
      line.append(i == 0 ? " thrown=\"" : " caused by ").append(thrown.getClassName());
      int frames = 0;
      for (StackTraceElementProxy frame : thrown.getStackTraceElementProxyArray()) {
        if (frames++ == FRAMES) {
          break;
        }
        StackTraceElement at = frame.getStackTraceElement();
        line.append(frames == 1 ? " at " : " < ")
            .append(at.getClassName())
            .append('.')
            .append(at.getMethodName())
            .append(':')
            .append(at.getLineNumber());
      }
      thrown = thrown.getCause();
    }
    return line.isEmpty() ? "" : line.append('"').toString();
  }
}
