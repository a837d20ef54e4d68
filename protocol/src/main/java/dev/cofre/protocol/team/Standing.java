package dev.cofre.protocol.team;

/// Where somebody who ever joined a team stands now.
public enum Standing {
  /// Joined, and waits for the confirmation.
  WAITING,
  /// A member.
  CONFIRMED,
  /// Removed, left or declined; never comes back under the same id.
  REMOVED
}
