package dev.cofre.protocol;

/// A place in a hash chain: the number of an entry or commit, and its hash. A vault without commits stands at 0 with the
/// vault id as the hash.
public record Head(long seq, Hash hash) {
  public Head {
    if (seq < 0) {
      throw new IllegalArgumentException("negative place");
    }
  }

  /// Where a vault's chain starts.
  public static Head ofEmpty(VaultId vault) {
    return new Head(0, new Hash(vault.value()));
  }
}
