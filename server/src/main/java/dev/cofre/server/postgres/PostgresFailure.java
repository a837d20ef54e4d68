package dev.cofre.server.postgres;

import java.io.IOException;

/// The embedded PostgreSQL cannot be prepared, started or reached; the message says what to do.
public final class PostgresFailure extends IOException {
  private static final long serialVersionUID = 1L;

  PostgresFailure(String message) {
    super(message);
  }

  PostgresFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
