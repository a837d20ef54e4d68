package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A version of a file.
@MappedEntity("revision")
public record RevisionRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes revision,
    @Binary Bytes file,
    long seq,
    int slot,
    @Binary Bytes blob,
    @Binary Bytes sealed,
    boolean purged) {}
