package dev.cofre.client;

/// How deep a listing goes.
public enum Recursion {
  /// What lies in the directory itself.
  FLAT,
  /// Everything below it.
  DEEP
}
