package dev.cofre.client.format;

/// What a file holds, as its writer says. The ordinal is the wire form.
public enum Category {
  /// Nothing in particular.
  GENERAL,
  /// Data about a person.
  PERSONAL,
  /// Data about somebody's work.
  PROFESSIONAL,
  /// Accounts and passwords.
  CREDENTIALS,
  /// Data that others entrusted.
  THIRD_PARTY,
  /// Money and banks.
  FINANCIAL
}
