package dev.cofre.protocol.model;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.model.ModelTeam.Place;
import dev.cofre.protocol.model.ModelTeam.Room;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Rule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Vaults, and who has which role in them.
final class RoomMoves extends Moves {
  private static final int MAX_ROOMS = 4;

  RoomMoves(ModelTeam model, Names names, Draw draw) {
    super(model, names, draw);
  }

  Move of() {
    boolean few = model.rooms.isEmpty() || (draw.a() % 6 == 0 && model.rooms.size() < MAX_ROOMS);
    return few ? create() : draw.a() % 3 == 0 ? revoke() : grant();
  }

  private Move create() {
    requireAuthor(false);
    unless(!person(author).keyVoid, Rule.KEY);
    return move(
        new Body.VaultCreate(Bytes.zeros(16)),
        () -> {
          model.rooms.add(new Room());
          names.add(names.newest());
          model.turn(model.rooms.size() - 1, author, VaultRole.MANAGER, null, null);
        });
  }

  private int room() {
    return wrong(7) ? model.rooms.size() : draw.b() % model.rooms.size();
  }

  private Move grant() {
    requireAuthor(false);
    int room = room();
    int subject = anybody(draw.c());
    VaultRole role = VaultRole.values()[(draw.a() + draw.c()) % 3];
    Long until = draw.a() % 4 == 1 ? Long.valueOf(1 + draw.b() % 3) : null;
    unless(room < model.rooms.size(), Rule.VAULT);
    unless(model.has(author, room, VaultRole.MANAGER), Rule.VAULT_ROLE_TOO_LOW);
    unless(person(subject).place == Place.MEMBER, Rule.SUBJECT);
    if (model.has(subject, room, VaultRole.VIEWER)) {
      Room at = model.rooms.get(room);
      unless(
          at.roles.get(subject) != role || !Objects.equals(at.until.get(subject), until),
          Rule.NO_CHANGE);
      boolean others =
          at.roles.entrySet().stream()
              .anyMatch(e -> e.getKey() != subject && e.getValue() == VaultRole.MANAGER);
      unless(
          at.roles.get(subject) != VaultRole.MANAGER || role == VaultRole.MANAGER || others,
          Rule.LAST_MANAGER);
    }
    VaultHead head = head(room);
    return move(
        new Body.Grant(names.cast().person(subject).id(), head, role, Optional.ofNullable(until)),
        () -> {
          name(List.of(head));
          model.turn(room, subject, role, until, head.head().seq());
        });
  }

  private Move revoke() {
    requireAuthor(false);
    int room = room();
    int subject = anybody(draw.c());
    unless(room < model.rooms.size(), Rule.VAULT);
    boolean inside = model.has(subject, room, VaultRole.VIEWER);
    unless(inside, Rule.SUBJECT);
    Long until = inside ? model.rooms.get(room).until.get(subject) : null;
    boolean over = until != null && until <= time();
    unless(
        author == subject
            || model.has(author, room, VaultRole.MANAGER)
            || (over && model.has(author, room, VaultRole.EDITOR)),
        Rule.VAULT_ROLE_TOO_LOW);
    boolean abandons = inside && model.abandons(subject, room);
    boolean said = abandons != (draw.wrong() % 12 == 8);
    unless(said == abandons, Rule.ABANDONS_VAULT);
    VaultHead head = head(room);
    return move(
        new Body.Revoke(
            names.cast().person(subject).id(),
            head,
            said ? Body.Abandon.ABANDONED : Body.Abandon.KEPT),
        () -> {
          name(List.of(head));
          model.turn(room, subject, null, null, head.head().seq());
        });
  }
}
