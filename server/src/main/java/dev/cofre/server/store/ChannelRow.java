package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A channel, as signed.
@MappedEntity("channel")
public record ChannelRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes channel,
    @Binary Bytes recipient,
    @Binary Bytes recipientKey,
    @Binary Bytes payload,
    @Binary Bytes signature) {}
