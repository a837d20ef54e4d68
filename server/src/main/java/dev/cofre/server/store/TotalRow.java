package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// How many wraps a recipient has.
@MappedEntity("bundle")
public record TotalRow(@Binary Bytes recipient, long total) {}
