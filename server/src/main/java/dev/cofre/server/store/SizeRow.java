package dev.cofre.server.store;

import io.micronaut.core.annotation.Introspected;

/// A place in a chain and a size.
@Introspected
public record SizeRow(long seq, int size) {}
