package dev.cofre.client;

import dev.cofre.client.failure.CofreException;
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

  /// Something done with the characters.
  interface Use<T> {
    T with(char[] characters) throws CofreException;
  }

  /// Lends the characters, which must not be kept.
  <T> T lend(Use<T> use) throws CofreException {
    return use.with(value);
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
