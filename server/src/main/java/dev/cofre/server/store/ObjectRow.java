package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// An object of the blob store. Stages: 0 waits for parts, 1 complete, 2 its bytes are to be deleted.
@MappedEntity("stored_object")
public record ObjectRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes object,
    @Binary Bytes upload,
    @Binary Bytes member,
    String handle,
    long length,
    int stage,
    long touched,
    long doomed) {}
