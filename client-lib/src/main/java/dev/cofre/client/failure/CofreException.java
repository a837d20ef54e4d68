package dev.cofre.client.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call of the client that failed. The subclass says in which way; the message says what happened, and the hint,
/// if there is one, what to do next. Neither ever holds a secret.
public abstract sealed class CofreException extends Exception
    permits Malformed,
        Tampered,
        RolledBack,
        Forked,
        NotForUs,
        Unsupported,
        Refused,
        Unreachable,
        LocalState,
        NotFound,
        Conflict,
        Stopped {
  private static final long serialVersionUID = 1L;

  private final @Nullable String hint;

  CofreException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What to do next, as one sentence for a person.
  public final Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
