package dev.cofre.protocol.model;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.model.ModelTeam.Person;
import dev.cofre.protocol.model.ModelTeam.Place;
import dev.cofre.protocol.model.ModelTeam.Stay;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Computer;
import dev.cofre.protocol.team.WrappedSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Devices, and the keys that they share.
final class DeviceMoves extends Moves {
  DeviceMoves(ModelTeam model, Names names, Draw draw) {
    super(model, names, draw);
  }

  Move of() {
    return draw.b() % 3 == 0 ? rekey() : revoke();
  }

  private static WrappedSeed seed(Computer device) {
    return new WrappedSeed(device.keys().id(), Bytes.zeros(1168));
  }

  Move add() {
    requireAuthor(true);
    int added = draw.a() % SLOTS;
    unless(!person(author).devices.containsKey(added), Rule.TAKEN);
    unless(!wrong(7) && !wrong(8), Rule.STATEMENT);
    unless(!wrong(9), Rule.SEEDS);
    unless(!wrong(10) && !wrong(11), Rule.SIGNATURE);
    Computer device = names.device(author, added);
    DeviceStatement statement =
        new DeviceStatement(
            wrong(7) ? new TeamId(Hash.ZERO.value()) : names.team(),
            names.cast().person(wrong(8) ? (author + 1) % model.people.size() : author).id(),
            device.keys());
    Body body =
        new Body.DeviceAdd(
            TestTeam.sign(
                wrong(10) ? Label.JOIN : Label.DEVICE,
                DeviceStatement.CODEC.encode(statement),
                names.device(author, wrong(11) ? added + 1 : added).signer()),
            seed(names.device(author, wrong(9) ? added + 1 : added)));
    return move(body, () -> person(author).devices.put(added, new Stay(model.seq)));
  }

  private Move revoke() {
    requireAuthor(false);
    int subject = draw.c() % 2 == 0 ? author : anybody(draw.c());
    int ended = slot(subject, draw.a());
    Person owner = person(subject);
    unless(owner.place == Place.MEMBER && owner.live().contains(ended), Rule.SUBJECT);
    unless(mayEnd(subject), Rule.ROLE_TOO_LOW);
    unless(owner.live().size() > 1, Rule.LAST_DEVICE);
    List<VaultHead> heads = heads(model.roomsOf(subject, VaultRole.EDITOR));
    return move(
        new Body.DeviceRevoke(names.device(subject, ended).keys().id(), heads),
        () -> {
          Map<Integer, Long> named = name(heads);
          model.end(owner.devices.get(ended), named);
          owner.keyVoid = true;
          model.changeRoomsOf(subject);
        });
  }

  private Move rekey() {
    requireAuthor(false);
    int key = wrong(7) ? draw.c() % (4 * model.people.size()) : Names.keyNumber(author, draw.c());
    unless(!model.keyUsed(key), Rule.KEY);
    List<WrappedSeed> right =
        names.sortedSlots(author, person(author).live()).stream()
            .map(live -> seed(names.device(author, live)))
            .toList();
    List<WrappedSeed> seeds = new ArrayList<>(right);
    if (wrong(8) && !seeds.isEmpty()) {
      seeds.add(seeds.getFirst());
    } else if (wrong(9)) {
      seeds = seeds.reversed();
    } else if (wrong(10) && seeds.size() > 1) {
      seeds.removeLast();
    }
    if (seeds.isEmpty()) {
      seeds.add(seed(names.device(author, 0)));
    }
    unless(seeds.equals(right), Rule.SEEDS);
    List<VaultHead> heads = heads(model.roomsOf(author, VaultRole.VIEWER));
    return move(
        new Body.MemberRekey(names.key(key), seeds, Bytes.zeros(80), heads),
        () -> {
          name(heads);
          person(author).keyVoid = false;
          person(author).keys.add(key);
          model.changeRoomsOf(author);
        });
  }
}
