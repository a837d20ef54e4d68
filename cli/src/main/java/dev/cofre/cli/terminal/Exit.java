package dev.cofre.cli.terminal;

import java.util.Locale;

/// How a command ends, as `docs/cli.md` promises to scripts.
public enum Exit {
  /// Everything asked for was done.
  DONE(0),
  /// A bug: the message says where the log is.
  UNEXPECTED(1),
  /// The command line does not say something that can be done.
  USAGE(2),
  /// Some items failed; each is listed.
  PARTLY(3),
  /// What was named is not there.
  NOT_FOUND(4),
  /// No access, revoked or expired.
  REFUSED(5),
  /// Stopped for safety.
  STOPPED(6),
  /// A newer change stands in the way.
  CONFLICT(7),
  /// The server or the network does not answer.
  UNREACHABLE(10),
  /// Something on this machine stands in the way.
  LOCAL_STATE(11),
  /// Something was tampered with, rolled back or forked.
  INTEGRITY(12),
  /// The person pressed Ctrl-C.
  INTERRUPTED(130);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /// What the process returns.
  public int code() {
    return code;
  }

  /// The name in message keys, such as `not-found`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
