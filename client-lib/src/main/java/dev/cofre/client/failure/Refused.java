package dev.cofre.client.failure;

import dev.cofre.protocol.api.Problem;

/// The server understood the request and declined it.
public final class Refused extends CofreException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /// A refusal with the server's problem code and HTTP status.
  public Refused(String code, int status, String message) {
    super(message, null, null);
    this.code = code;
    this.status = status;
  }

  /// A refusal with a sentence on what to do next.
  public Refused(String code, int status, String message, String hint) {
    super(message, hint, null);
    this.code = code;
    this.status = status;
  }

  /// The problem code of the server, as in `dev.cofre.protocol.api`.
  public String code() {
    return code;
  }

  /// Whether the same request may go through later.
  public boolean passes() {
    return Problem.of(code).filter(Problem::passes).isPresent();
  }

  /// The HTTP status.
  public int status() {
    return status;
  }
}
