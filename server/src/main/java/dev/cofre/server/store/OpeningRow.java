package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// One opening of a send.
@MappedEntity("send_opening")
public record OpeningRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes send,
    @Binary Bytes token,
    long opened,
    long until,
    String network) {}
