package dev.cofre.protocol.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.model.ModelTeam.Invitation;
import dev.cofre.protocol.model.ModelTeam.Person;
import dev.cofre.protocol.model.ModelTeam.Place;
import dev.cofre.protocol.model.ModelTeam.Room;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.Standing;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.WriteRight;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A [TeamState] and a [ModelTeam] say the same.
final class Comparison {
  private final ModelTeam model;
  private final Names names;
  private final TeamState state;

  Comparison(ModelTeam model, Names names, TeamState state) {
    this.model = model;
    this.names = names;
    this.state = state;
  }

  void require() {
    assertEquals(model.seq, state.head().seq());
    assertEquals(model.floor, state.policy().formatFloor());
    assertEquals(model.joins, state.policy().joins());
    assertEquals(model.rooms.size(), state.vaults().size());
    for (int i = 0; i < model.people.size(); i++) {
      requirePerson(i);
      requireInvitation(i);
    }
    for (int i = 0; i < model.rooms.size(); i++) {
      requireRoom(i);
    }
  }

  private MemberId id(int person) {
    return names.cast().person(person).id();
  }

  private Hash keyHash(int key) {
    return Hash.sha256(names.key(key).toArray());
  }

  private void requirePerson(int number) {
    Person person = model.people.get(number);
    Member member = state.members().get(id(number));
    assertEquals(person.place == Place.NEVER, member == null);
    if (member == null) {
      return;
    }
    assertEquals(
        switch (person.place) {
          case NEVER, WAITING -> Standing.WAITING;
          case MEMBER -> Standing.CONFIRMED;
          case GONE -> Standing.REMOVED;
        },
        member.standing());
    assertEquals(person.role, member.role());
    assertEquals(person.keys.stream().map(this::keyHash).toList(), member.keys());
    assertEquals(
        person.keyVoid ? Optional.empty() : Optional.of(names.key(person.keys.getLast())),
        member.memberKey());
    assertEquals(
        names.sortedSlots(number, person.live()).stream()
            .map(slot -> names.device(number, slot).keys())
            .toList(),
        state.liveDevices(id(number)).stream().map(Device::keys).toList());
    for (int slot = 0; slot < Moves.SLOTS; slot++) {
      DeviceId device = names.device(number, slot).keys().id();
      assertEquals(person.devices.containsKey(slot), state.devices().containsKey(device));
    }
    assertEquals(vaults(model.roomsOf(number, VaultRole.VIEWER)), state.vaultsOf(id(number)));
    assertEquals(vaults(model.roomsOf(number, VaultRole.EDITOR)), state.writableBy(id(number)));
    assertEquals(vaults(model.abandonedBy(number)), state.abandonedBy(id(number)));
  }

  private Set<VaultId> vaults(Set<Integer> rooms) {
    return new HashSet<>(names.sorted(rooms));
  }

  private void requireInvitation(int number) {
    Invitation invitation = model.invitations.get(number);
    var known = state.invitations().get(names.cast().invitation(number).id());
    String says = known == null ? "NONE" : known.state().getClass().getSimpleName();
    assertEquals(invitation.offer.name(), says.toUpperCase(java.util.Locale.ROOT));
    if (known != null) {
      assertEquals(invitation.inviter == -1 ? null : id(invitation.inviter), known.inviter());
      assertEquals(
          known.state() instanceof dev.cofre.protocol.team.Invitation.State.Open, known.open());
    }
  }

  private void requireRoom(int number) {
    Room room = model.rooms.get(number);
    VaultId vault = names.vault(number);
    Map<MemberId, VaultRole> roles = new TreeMap<>(java.util.Comparator.comparing(MemberId::value));
    room.roles.forEach((person, role) -> roles.put(id(person), role));
    assertEquals(roles, state.roles(vault));
    Set<MemberId> recipients = new HashSet<>();
    for (int i = 0; i < model.people.size(); i++) {
      assertEquals(Optional.ofNullable(room.until.get(i)), state.until(vault, id(i)));
      if (room.roles.containsKey(i) && !model.people.get(i).keyVoid) {
        recipients.add(id(i));
      }
    }
    assertEquals(recipients, state.recipients(vault).keySet());
    state
        .recipients(vault)
        .forEach((who, to) -> {
          assertEquals(who, to.member());
          assertEquals(state.members().get(who).memberKey(), Optional.of(to.memberKey()));
          assertEquals(Hash.sha256(to.memberKey().toArray()), to.keyHash());
        });
    assertEquals(room.lastChange, state.lastChange(vault));
    List<VaultHead> named =
        room.named.entrySet().stream()
            .map(e -> names.head(number, e.getKey(), e.getValue()))
            .toList();
    assertEquals(named, state.namedHeads(vault));
    named.forEach(head ->
        assertEquals(Optional.of(head.head().hash()), state.namedHash(vault, head.head().seq())));
    assertFalse(state.namedHash(vault, room.height + 1).isPresent());
  }

  /// Also what every device could write at every place of the log.
  void requireRights() {
    for (int room = 0; room < model.rooms.size(); room++) {
      for (int person = 0; person < model.people.size(); person++) {
        for (int slot = 0; slot < Moves.SLOTS; slot++) {
          for (long when = 0; when <= model.seq; when++) {
            requireRight(room, person, slot, when);
          }
        }
      }
    }
  }

  private void requireRight(int room, int person, int slot, long when) {
    DeviceId device = names.device(person, slot).keys().id();
    Optional<WriteRight> right = state.writeRight(names.vault(room), id(person), device, when);
    VaultRole role = model.roleAt(room, person, slot, when);
    assertEquals(Optional.ofNullable(role), right.map(WriteRight::role));
    if (role == null) {
      return;
    }
    Long last = model.bound(room, person, slot, when, VaultRole.EDITOR);
    Long asManager = model.bound(room, person, slot, when, VaultRole.MANAGER);
    for (long seq = 0; seq <= model.rooms.get(room).height + 1; seq++) {
      assertEquals(last == null || seq <= last, right.get().reaches(seq, VaultRole.EDITOR));
      assertEquals(
          asManager == null || seq <= asManager, right.get().reaches(seq, VaultRole.MANAGER));
    }
  }
}
