package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// Where a content's ciphertext lies.
@MappedEntity("blob")
public record BlobRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes blob,
    @Binary Bytes object,
    long start,
    long length) {}
