package dev.cofre.protocol.model;

import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.model.ModelTeam.Person;
import dev.cofre.protocol.model.ModelTeam.Place;
import dev.cofre.protocol.model.ModelTeam.Room;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// From a [Draw] to a [Move], with the rules of `docs/protocol.md` as the model understands them. What every move has in common, and
/// members, roles and policy; the others are in [PlaceMoves], [DeviceMoves] and [RoomMoves].
class Moves {
  static final int SLOTS = 4;

  final ModelTeam model;
  final Names names;
  final Draw draw;
  final int author;
  final int slot;
  final Set<Rule> broken = EnumSet.noneOf(Rule.class);

  Moves(ModelTeam model, Names names, Draw draw) {
    this.model = model;
    this.names = names;
    this.draw = draw;
    this.author = draw.who() % 2 == 0 ? owner() : anybody(draw.who());
    this.slot = slot(author, draw.who());
  }

  /// What the draw wants; mostly something else where there is nobody yet to join, to confirm or to remove.
  static Move of(ModelTeam model, Names names, Draw draw) {
    boolean idle = draw.c() % 8 == 0;
    boolean open = model.offers(ModelTeam.Offer.OPEN) || idle;
    boolean waiting = model.offers(ModelTeam.Offer.WAITING) || idle;
    boolean alone = model.members().size() < 3 && !idle;
    PlaceMoves places = new PlaceMoves(model, names, draw);
    return switch (draw.kind() % 12) {
      case 0 -> places.invite();
      case 1 -> draw.a() % 3 == 0 && open ? places.cancel() : places.invite();
      case 2, 3 -> open ? places.join() : places.invite();
      case 4 -> waiting ? places.confirm() : open ? places.join() : places.invite();
      case 5 -> alone ? places.invite() : new Moves(model, names, draw).remove();
      case 6 -> alone ? places.invite() : new Moves(model, names, draw).changeRole();
      case 7 -> new DeviceMoves(model, names, draw).add();
      case 8 -> new DeviceMoves(model, names, draw).of();
      case 9, 10 -> new RoomMoves(model, names, draw).of();
      default -> other(model, names, draw);
    };
  }

  private static Move other(ModelTeam model, Names names, Draw draw) {
    return draw.a() % 4 == 0
        ? new Moves(model, names, draw).policy()
        : new RoomMoves(model, names, draw).of();
  }

  /// The first owner, who can do most.
  private int owner() {
    return model.members().stream()
        .filter(member -> person(member).is(TeamRole.OWNER))
        .findFirst()
        .orElseThrow();
  }

  /// Mostly a member, sometimes anybody.
  final int anybody(int number) {
    List<Integer> members = model.members();
    return number % 8 == 7 ? number % model.people.size() : members.get(number % members.size());
  }

  /// Mostly a live device, sometimes any.
  final int slot(int person, int number) {
    List<Integer> live = new ArrayList<>(model.people.get(person).live());
    return live.isEmpty() || number % 6 == 5 ? number % SLOTS : live.get(number % live.size());
  }

  final Person person(int number) {
    return model.people.get(number);
  }

  final long time() {
    return draw.wrong() % 4;
  }

  final boolean wrong(int number) {
    return draw.wrong() == number;
  }

  final void unless(boolean holds, Rule rule) {
    if (!holds) {
      broken.add(rule);
    }
  }

  final Move move(Body body, Runnable effect) {
    return move(author, slot, body, effect);
  }

  final Move move(int who, int with, Body body, Runnable effect) {
    Move.Signing signing = wrong(1) ? Move.Signing.BY_ANOTHER : Move.Signing.RIGHT;
    unless(signing == Move.Signing.RIGHT, Rule.SIGNATURE);
    return new Move(who, with, time(), signing, body, broken, effect);
  }

  /// The author is a member with a live device, which is a computer unless it adds a device.
  final void requireAuthor(boolean kitToo) {
    unless(person(author).place == Place.MEMBER, Rule.AUTHOR);
    boolean live = person(author).live().contains(slot);
    unless(live && (kitToo || slot != ModelTeam.KIT), Rule.DEVICE);
  }

  final boolean mayEnd(int subject) {
    return author == subject
        || person(author).is(TeamRole.OWNER)
        || (person(author).is(TeamRole.ADMIN) && person(subject).role == TeamRole.MEMBER);
  }

  /// The heads of vaults, in order, or with something wrong about them.
  final List<VaultHead> heads(Collection<Integer> rooms) {
    List<VaultHead> heads =
        new ArrayList<>(
            names.sorted(rooms).stream().map(vault -> head(names.room(vault))).toList());
    List<VaultHead> right = List.copyOf(heads);
    if (wrong(2) && !heads.isEmpty()) {
      heads.removeFirst();
    } else if (wrong(3)) {
      heads.add(names.head(model.rooms.isEmpty() ? 0 : draw.c() % model.rooms.size(), 0, 0));
    } else if (wrong(4)) {
      heads = heads.reversed();
    }
    unless(heads.equals(right), Rule.HEADS);
    return List.copyOf(heads);
  }

  /// The head of a vault that the move names: mostly the present one, sometimes an early one or one that contradicts it.
  final VaultHead head(int room) {
    if (room >= model.rooms.size()) {
      return names.head(room, 1, 0);
    }
    long seq = wrong(5) ? 0 : model.rooms.get(room).height;
    int variant = wrong(6) ? 1 : 0;
    Integer before = model.rooms.get(room).named.get(seq);
    unless(before == null || before == variant, Rule.HEADS);
    return names.head(room, seq, variant);
  }

  /// Notes heads that a move names.
  final Map<Integer, Long> name(List<VaultHead> heads) {
    Map<Integer, Long> seqs = new TreeMap<>();
    for (VaultHead head : heads) {
      int room = names.room(head.vault());
      long seq = head.head().seq();
      Room at = model.rooms.get(room);
      at.named.put(seq, head.equals(names.head(room, seq, 0)) ? 0 : 1);
      seqs.put(room, seq);
    }
    return seqs;
  }

  private Move remove() {
    requireAuthor(false);
    int subject = draw.a() % 6 == 0 ? author : anybody(draw.a());
    unless(person(subject).place == Place.MEMBER, Rule.SUBJECT);
    unless(mayEnd(subject), Rule.ROLE_TOO_LOW);
    unless(!model.isLastOwner(subject), Rule.LAST_OWNER);
    Set<Integer> abandoned = model.abandonedBy(subject);
    Set<Integer> said =
        switch (draw.wrong() % 12) {
          case 7 -> Set.of();
          case 8 -> model.roomsOf(subject, VaultRole.VIEWER);
          default -> abandoned;
        };
    unless(said.equals(abandoned), Rule.ABANDONS_VAULT);
    List<VaultHead> heads = heads(model.roomsOf(subject, VaultRole.EDITOR));
    return move(
        new Body.MemberRemove(names.cast().person(subject).id(), heads, names.sorted(said)),
        () -> {
          model.leave(subject, name(heads));
          model.invitations.stream()
              .filter(i -> i.offer == ModelTeam.Offer.OPEN && i.inviter == subject)
              .forEach(i -> i.offer = ModelTeam.Offer.CANCELLED);
        });
  }

  private Move changeRole() {
    requireAuthor(false);
    int subject = anybody(draw.a());
    TeamRole role = TeamRole.values()[draw.b() % 3];
    unless(person(author).is(TeamRole.OWNER), Rule.ROLE_TOO_LOW);
    unless(person(subject).place == Place.MEMBER, Rule.SUBJECT);
    unless(person(subject).role != role, Rule.NO_CHANGE);
    unless(!model.isLastOwner(subject), Rule.LAST_OWNER);
    return move(
        new Body.RoleChange(names.cast().person(subject).id(), role),
        () -> person(subject).role = role);
  }

  private Move policy() {
    requireAuthor(false);
    int floor = model.floor + draw.b() % 3 - 1;
    JoinMode joins = draw.c() % 4 == 0 ? JoinMode.AFTER_CONFIRMATION : JoinMode.AT_ONCE;
    unless(person(author).is(TeamRole.OWNER), Rule.ROLE_TOO_LOW);
    unless(floor >= model.floor && joins.ordinal() >= model.joins.ordinal(), Rule.POLICY);
    return move(
        new Body.Policy(floor, joins),
        () -> {
          model.floor = floor;
          model.joins = joins;
        });
  }
}
