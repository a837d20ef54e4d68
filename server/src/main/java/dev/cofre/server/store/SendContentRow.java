package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A content that a send hands out; the revision is empty for what belongs to sends alone.
@MappedEntity("send_content")
public record SendContentRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes send,
    @Binary Bytes blob,
    @Binary Bytes revision) {}
