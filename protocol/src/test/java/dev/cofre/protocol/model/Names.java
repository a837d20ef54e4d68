package dev.cofre.protocol.model;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.team.Cast;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.TestTeam.Computer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What the numbers of a [ModelTeam] are called in a real log.
final class Names {
  private static final int KEYS = 4;
  private final Cast cast = Cast.fixed();
  private final List<VaultId> vaults = new ArrayList<>();
  private TeamState state;

  Names(TeamState state) {
    this.state = state;
  }

  /// The log has grown.
  void follow(TeamState next) {
    state = next;
  }

  TeamId team() {
    return state.id();
  }

  Hash entry(long seq) {
    return state.hashAt(seq).orElseThrow();
  }

  /// The vault that the last entry created.
  VaultId newest() {
    return new VaultId(state.head().hash().value());
  }

  Cast cast() {
    return cast;
  }

  void add(VaultId vault) {
    vaults.add(vault);
  }

  /// The vault of a number; one that does not exist beyond them.
  VaultId vault(int room) {
    return room < vaults.size() ? vaults.get(room) : new VaultId(Hash.ZERO.value());
  }

  int room(VaultId vault) {
    return vaults.indexOf(vault);
  }

  /// The device of a slot: 0 is the first.
  Computer device(int person, int slot) {
    return cast.signer(person, slot);
  }

  /// The number of somebody's n-th encryption key.
  static int keyNumber(int person, int number) {
    return person * KEYS + number % KEYS;
  }

  Bytes key(int number) {
    int person = number / KEYS;
    int which = number % KEYS;
    return which == 0 ? cast.person(person).memberKey() : cast.key(person, which - 1);
  }

  /// The head of a place of a vault; other variants than 0 contradict it.
  VaultHead head(int room, long seq, int variant) {
    if (seq == 0 && variant == 0) {
      return new VaultHead(vault(room), Head.ofEmpty(vault(room)));
    }
    byte[] text = (vault(room).hex() + " " + seq + " " + variant).getBytes();
    return new VaultHead(vault(room), new Head(seq, Hash.sha256(text)));
  }

  /// The vaults of numbers, by id.
  List<VaultId> sorted(Collection<Integer> rooms) {
    return rooms.stream().map(this::vault).sorted(Comparator.comparing(VaultId::value)).toList();
  }

  /// The slots of somebody's devices, by device id.
  List<Integer> sortedSlots(int person, Collection<Integer> slots) {
    return slots.stream()
        .sorted(Comparator.comparing((Integer slot) -> device(person, slot).keys().id().value()))
        .toList();
  }
}
