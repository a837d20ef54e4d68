package dev.cofre.server.access;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.api.Sessions.Subject;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.Standing;
import dev.cofre.protocol.team.TeamState;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// Who may be logged in at this moment, by what the team's log says now.
@Singleton
class Standings {
  private final InstantSource clock;

  Standings(InstantSource clock) {
    this.clock = clock;
  }

  /// The key that a subject logs in with; empty for whoever may not.
  Optional<Bytes> loginKey(TeamState team, Subject subject) {
    return switch (subject) {
      case Subject.OfDevice of -> device(team, of).map(d -> d.keys().signingKey());
      case Subject.OfInvite of -> invitation(team, of.invite()).map(i -> i.invite().key());
    };
  }

  /// A live device of somebody who is a member, or waits to be confirmed.
  Optional<Device> device(TeamState team, Subject.OfDevice subject) {
    return Optional.ofNullable(team.devices().get(subject.device()))
        .filter(Device::live)
        .filter(d ->
            Optional.ofNullable(team.members().get(d.member()))
                .map(Member::standing)
                .filter(s -> s != Standing.REMOVED)
                .isPresent());
  }

  /// An invitation by which somebody can still join.
  Optional<Invitation> invitation(TeamState team, InviteId invite) {
    return Optional.ofNullable(team.invitations().get(invite))
        .filter(Invitation::open)
        .filter(i -> clock.millis() < i.invite().expires());
  }
}
