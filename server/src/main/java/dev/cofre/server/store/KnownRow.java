package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A version of a file, without its record.
@MappedEntity("revision")
public record KnownRow(
    @Binary Bytes revision, @Binary Bytes file, @Binary Bytes blob, boolean purged) {}
