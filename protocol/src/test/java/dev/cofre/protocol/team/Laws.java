package dev.cofre.protocol.team;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/// What holds of every team, whatever its log says. Broken laws are [IllegalStateException]s.
public final class Laws {
  private Laws() {}

  /// What holds of a state and the one before it.
  public static void require(TeamState before, TeamState after) {
    requireGrowth(before, after);
    requireMembers(after);
    requireDevices(after);
    after.vaults().forEach(vault -> requireVault(after, vault));
  }

  private static void unless(boolean holds, String law) {
    if (!holds) {
      throw new IllegalStateException("broken: " + law);
    }
  }

  private static void requireGrowth(TeamState before, TeamState after) {
    unless(after.head().seq() == before.head().seq() + 1, "one entry, one place");
    unless(
        after.hashAt(before.head().seq()).filter(before.head().hash()::equals).isPresent(),
        "the past stays");
    unless(
        after.policy().formatFloor() >= before.policy().formatFloor()
            && after.policy().joins().compareTo(before.policy().joins()) >= 0,
        "the policy only becomes stricter");
    unless(after.members().keySet().containsAll(before.members().keySet()), "nobody is forgotten");
    before.members().forEach((id, member) -> requireForward(member, after.members().get(id)));
    before
        .devices()
        .forEach((id, device) ->
            unless(
                device.live() || !after.devices().get(id).live(),
                "a revoked device never comes back"));
    for (VaultId vault : before.vaults()) {
      unless(
          after.namedHeads(vault).containsAll(before.namedHeads(vault)),
          "a named head stays named");
    }
  }

  private static void requireForward(Member before, Member after) {
    unless(
        after.standing().compareTo(before.standing()) >= 0,
        "waiting, confirmed, removed: no way back");
    unless(
        after.keys().subList(0, before.keys().size()).equals(before.keys()),
        "the keys of the past stay in their order");
  }

  private static void requireMembers(TeamState state) {
    Set<Hash> keys = new HashSet<>();
    boolean owned = false;
    for (Member member : state.members().values()) {
      owned |= member.confirmed() && member.role() == TeamRole.OWNER;
      member
          .keys()
          .forEach(key -> unless(keys.add(key), "an encryption key is one member's, once"));
      member
          .memberKey()
          .ifPresent(
              key -> unless(Member.hashOf(key).equals(member.keys().getLast()), "the newest key"));
      boolean gone = member.standing() == Standing.REMOVED;
      unless(
          gone == state.liveDevices(member.id()).isEmpty(),
          "live devices, as long as somebody has not gone");
      unless(
          member.confirmed() || state.vaultsOf(member.id()).isEmpty(),
          "only confirmed members have roles in vaults");
    }
    unless(owned, "a team has an owner");
  }

  private static void requireDevices(TeamState state) {
    Map<MemberId, Integer> live = new HashMap<>();
    for (Device device : state.devices().values()) {
      unless(state.members().containsKey(device.member()), "a device is somebody's");
      if (device.live()) {
        live.merge(device.member(), 1, Integer::sum);
        unless(device.last().isEmpty(), "only what has ended has an end");
      }
    }
    live.forEach((id, count) -> unless(count <= 256, "no more devices than one rekey has seeds"));
  }

  private static void requireVault(TeamState state, VaultId vault) {
    SortedMap<MemberId, VaultRole> roles = state.roles(vault);
    unless(
        roles.keySet().containsAll(state.recipients(vault).keySet()),
        "whoever is wrapped for has a role");
    state
        .recipients(vault)
        .values()
        .forEach(recipient ->
            unless(
                Member.hashOf(recipient.memberKey()).equals(recipient.keyHash()),
                "a key under its own hash"));
    List<VaultHead> named = state.namedHeads(vault);
    unless(named.getFirst().head().seq() == 0, "the empty beginning is named");
    for (int i = 1; i < named.size(); i++) {
      unless(named.get(i - 1).head().seq() < named.get(i).head().seq(), "one head for each place");
    }
    unless(
        state.lastChange(vault) > 0 && state.lastChange(vault) <= state.head().seq(),
        "the last change is in the log");
  }
}
