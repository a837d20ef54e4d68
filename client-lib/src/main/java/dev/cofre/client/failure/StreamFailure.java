package dev.cofre.client.failure;

import java.io.IOException;

/// Carries a [CofreException] through the methods of `java.io` streams, which may throw nothing else. Whoever drives a stream
/// catches it and throws [#failure()].
public final class StreamFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final CofreException failure;

  /// Wraps what went wrong.
  public StreamFailure(CofreException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /// What went wrong.
  public CofreException failure() {
    return failure;
  }
}
