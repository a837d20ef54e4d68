package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A subject whose writes in a vault wait.
@MappedEntity("write_hold")
public record HoldRow(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes subject, long until) {}
