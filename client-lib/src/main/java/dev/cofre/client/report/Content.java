package dev.cofre.client.report;

/// How deep a verification goes.
public enum Content {
  /// Signatures, hashes, wraps and records.
  SKIPPED,
  /// The bytes of every readable version too.
  EVERY_BYTE
}
