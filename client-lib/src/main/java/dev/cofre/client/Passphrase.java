package dev.cofre.client;

import java.util.Arrays;

/// What opens the keystore. Wiped on close; never compared or printed.
public final class Passphrase implements AutoCloseable {
  private final char[] value;

  private Passphrase(char[] value) {
    this.value = value;
  }

  /// A copy; the caller still owns and wipes the given array.
  public static Passphrase of(char[] passphrase) {
    return new Passphrase(passphrase.clone());
  }

  /// A fresh array that the caller wipes.
  char[] toArray() {
    return value.clone();
  }

  @Override
  public void close() {
    Arrays.fill(value, '\0');
  }

  @Override
  public String toString() {
    return "Passphrase[" + value.length + "]";
  }
}
