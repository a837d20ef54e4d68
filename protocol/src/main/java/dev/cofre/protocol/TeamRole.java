package dev.cofre.protocol;

/// What a member may do in a team. Declared from least to most; the ordinal is the wire form.
public enum TeamRole {
  /// Works in the vaults granted to them.
  MEMBER,
  /// Invites and removes members.
  ADMIN,
  /// Decides who is owner or admin, and the team's policy.
  OWNER;

  /// Whether this role includes everything `other` may do.
  public boolean atLeast(TeamRole other) {
    return compareTo(other) >= 0;
  }
}
