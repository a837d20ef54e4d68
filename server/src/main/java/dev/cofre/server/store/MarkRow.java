package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// How much a recipient has marked as unusable.
@MappedEntity("unusable_wraps")
public record MarkRow(@Binary Bytes recipient, long mark) {}
