package dev.cofre.protocol;

/// A place in one vault's chain.
public record VaultHead(VaultId vault, Head head) {}
