package dev.cofre.server;

/// The server cannot run as it is told; the message says what to change.
final class BadConfiguration extends Exception {
  private static final long serialVersionUID = 1L;

  BadConfiguration(String message) {
    super(message, null, false, false);
  }
}
