package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// Where a file stands.
@MappedEntity("file_head")
public record FileRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes file,
    @Binary Bytes revision,
    boolean deleted) {}
