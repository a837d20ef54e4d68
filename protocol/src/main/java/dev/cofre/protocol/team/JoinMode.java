package dev.cofre.protocol.team;

/// Whether whoever joins is a member at once. The ordinal is the wire form.
public enum JoinMode {
  /// The join makes a member.
  AT_ONCE,
  /// The join waits for a confirm entry, after both sides compared the words.
  AFTER_CONFIRMATION
}
