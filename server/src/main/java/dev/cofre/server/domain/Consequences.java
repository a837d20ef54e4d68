package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.ChallengeRows;
import dev.cofre.server.store.ObjectRows;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.RelayRows;
import dev.cofre.server.store.SessionRows;
import dev.cofre.server.store.UnusableRows;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// What follows from an entry, in its own transaction: a vault's row begins; wraps, sessions, open challenges and unfinished uploads of
/// whoever lost a right are gone, and their sends over. The next sweep tells the store of the uploads, from when on a part for one of them is part of nothing.
@Singleton
class Consequences {
  private final VaultRows vaults;
  private final BundleRows bundles;
  private final UnusableRows unusable;
  private final SessionRows sessions;
  private final ChallengeRows challenges;
  private final RelayRows relays;
  private final ObjectRows objects;
  private final InstantSource clock;
  private final Sends sends;

  Consequences(
      VaultRows vaults,
      BundleRows bundles,
      UnusableRows unusable,
      SessionRows sessions,
      ChallengeRows challenges,
      RelayRows relays,
      ObjectRows objects,
      InstantSource clock,
      Sends sends) {
    this.vaults = vaults;
    this.bundles = bundles;
    this.unusable = unusable;
    this.sessions = sessions;
    this.challenges = challenges;
    this.relays = relays;
    this.objects = objects;
    this.clock = clock;
    this.sends = sends;
  }

  void follow(Signed<Entry> entry, TeamState before) {
    TeamId team = before.id();
    switch (entry.value().body()) {
      case Body.VaultCreate _ -> begin(team, entry.hash());
      case Body.MemberRemove body -> {
        forget(team, before.vaultsOf(body.member()), body.member());
        end(before, body.member());
      }
      case Body.Revoke body -> forget(team, Set.of(body.vault().vault()), body.member());
      case Body.Grant body -> {
        if (!body.role().atLeast(VaultRole.EDITOR)) {
          abandon(team, Set.of(body.vault().vault()), body.member());
          sends.endThoseBy(team, Set.of(body.vault().vault()), body.member());
        }
      }
      case Body.DeviceRevoke body -> end(team, List.of(Subjects.key(body.device()).toArray()));
      case Body.InviteCancel body -> cancel(before, body.invite());
      case Body.Genesis _,
          Body.Invite _,
          Body.Join _,
          Body.Confirm _,
          Body.RoleChange _,
          Body.DeviceAdd _,
          Body.MemberRekey _,
          Body.Policy _ -> {}
    }
  }

  private void begin(TeamId team, Hash entry) {
    vaults.insert(new VaultRow(team.value(), entry.value(), 0, entry.value(), 0, 0));
  }

  /// Only who has a role in a vault has wraps there, and sends.
  private void forget(TeamId team, Set<VaultId> from, MemberId member) {
    if (!from.isEmpty()) {
      sends.endThoseBy(team, from, member);
      bundles.deleteFor(team.value(), Raw.of(from), member.value());
      unusable.deleteFor(team.value(), Raw.of(from), member.value());
      abandon(team, from, member);
    }
  }

  /// Nobody else can complete them.
  private void abandon(TeamId team, Set<VaultId> in, MemberId member) {
    objects.abandon(team.value(), Raw.of(in), member.value(), clock.millis());
  }

  private void cancel(TeamState before, InviteId invite) {
    end(before.id(), List.of(Subjects.key(invite).toArray()));
    Invitation invitation = before.invitations().get(invite);
    if (invitation != null && invitation.state() instanceof Invitation.State.Waiting waiting) {
      end(before, waiting.member());
    }
  }

  private void end(TeamState before, MemberId member) {
    relays.deleteOf(before.id().value(), member.value());
    List<byte[]> devices =
        before.devices().values().stream()
            .filter(device -> device.member().equals(member))
            .map(Device::keys)
            .map(keys -> Subjects.key(keys.id()).toArray())
            .toList();
    end(before.id(), devices);
  }

  private void end(TeamId team, List<byte[]> subjects) {
    if (!subjects.isEmpty()) {
      sessions.deleteFor(team.value(), subjects);
      challenges.deleteFor(team.value(), subjects);
    }
  }
}
