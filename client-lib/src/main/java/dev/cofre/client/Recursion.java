package dev.cofre.client;

/// How deep a listing goes.
public enum Recursion {
  /// What lies in the directory itself; deeper directories appear as one line each.
  FLAT,
  /// Everything below it.
  DEEP
}
