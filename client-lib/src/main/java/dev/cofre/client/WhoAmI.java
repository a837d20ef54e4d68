package dev.cofre.client;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.team.Standing;
import java.net.URI;

/// Whose device this is, and of which team, as last verified.
public record WhoAmI(
    TeamId team,
    String teamName,
    MemberId member,
    String memberName,
    TeamRole role,
    Standing standing,
    DeviceId device,
    URI server) {}
