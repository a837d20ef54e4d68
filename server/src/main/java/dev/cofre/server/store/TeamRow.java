package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A team and the head of its log.
@MappedEntity("team")
public record TeamRow(@Binary Bytes team, long seq, @Binary Bytes hash, long created) {}
