package dev.cofre.client.report;

/// Whether contents that a removed member could read are sealed again under fresh keys.
public enum Reencrypt {
  /// No: only what is written from now on is out of reach.
  NOTHING,
  /// The current version of every file. Earlier versions stay as they are: a signed history cannot be rewritten.
  CURRENT
}
