package dev.cofre.server.api;

import dev.cofre.server.store.Outage;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What went wrong, for the log: classes, the SQLSTATE and places in the program. Never a message, which may quote names, paths and
/// whatever else somebody sent.
final class Faults {
  private static final int CAUSES = 8;
  private static final int FRAMES = 6;
  private static final String OURS = "dev.cofre.";

  private Faults() {}

  /// One line, from the outermost to the innermost cause.
  static String describe(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES)
        .map(Faults::one)
        .collect(Collectors.joining(" caused by "));
  }

  private static String one(Throwable cause) {
    StackTraceElement[] frames = cause.getStackTrace();
    String ours =
        Stream.concat(
                Arrays.stream(frames).limit(1),
                Arrays.stream(frames).skip(1).filter(f -> f.getClassName().startsWith(OURS)))
            .limit(FRAMES)
            .map(f -> f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber())
            .collect(Collectors.joining(" < "));
    return cause.getClass().getName()
        + Outage.state(cause).map(state -> " sqlstate=" + state).orElse("")
        + (ours.isEmpty() ? "" : " at " + ours);
  }
}
