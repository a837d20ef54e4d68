package dev.cofre.client;

import dev.cofre.protocol.DeviceId;

/// The member's present encryption key did not reach this device: `device` replaced the key, by the entry `entry` of the team log, and left
/// nothing that opens. What is written since cannot be read here. If that device is not in its member's hands, revoking it from here replaces
/// the key again.
public record LackingKey(long entry, DeviceId device) {}
