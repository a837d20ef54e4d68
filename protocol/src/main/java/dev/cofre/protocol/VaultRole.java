package dev.cofre.protocol;

/// What a member may do in a vault. Declared from least to most; the ordinal is the wire form.
public enum VaultRole {
  /// Reads.
  VIEWER,
  /// Reads and writes.
  EDITOR,
  /// Reads, writes, purges, and decides who else is in the vault.
  MANAGER;

  /// Whether this role includes everything `other` may do.
  public boolean atLeast(VaultRole other) {
    return compareTo(other) >= 0;
  }
}
