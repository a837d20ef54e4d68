package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.cbor.Length;

/// A member's 32-byte seed for one of their devices: 1120 bytes of X-Wing encapsulation and 48 bytes of AES-256-GCM.
public record WrappedSeed(DeviceId device, @Length(min = 1168, max = 1168) Bytes wrap) {}
