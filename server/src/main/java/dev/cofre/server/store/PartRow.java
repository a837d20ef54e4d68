package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A part that is stored durably.
@MappedEntity("part")
public record PartRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes object,
    int number,
    long length,
    String tag) {}
