package dev.cofre.protocol.model;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.model.ModelTeam.Invitation;
import dev.cofre.protocol.model.ModelTeam.Offer;
import dev.cofre.protocol.model.ModelTeam.Person;
import dev.cofre.protocol.model.ModelTeam.Place;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Invited;
import dev.cofre.protocol.team.VaultGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How somebody becomes a member: invite, cancel, join, confirm.
final class PlaceMoves extends Moves {
  PlaceMoves(ModelTeam model, Names names, Draw draw) {
    super(model, names, draw);
  }

  private Invitation invitation(int place) {
    return model.invitations.get(place);
  }

  /// A place whose invitation is as wanted, if there is one and the draw does not want another.
  private int place(int number, Offer wanted) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < model.invitations.size(); i++) {
      if (invitation(i).offer == wanted) {
        places.add(i);
      }
    }
    return places.isEmpty() || number % 5 == 4
        ? number % model.invitations.size()
        : places.get(number % places.size());
  }

  Move invite() {
    requireAuthor(false);
    int place = place(draw.a(), Offer.NONE);
    TeamRole role = TeamRole.values()[Math.max(0, draw.b() % 5 - 2)];
    JoinMode mode =
        role == TeamRole.MEMBER && draw.c() % 3 > 0
            ? JoinMode.AT_ONCE
            : JoinMode.AFTER_CONFIRMATION;
    if (wrong(7)) {
      mode = JoinMode.AT_ONCE;
    }
    Map<Integer, VaultRole> promised = new TreeMap<>();
    int rooms = model.rooms.size() + (wrong(8) ? 1 : 0);
    for (int i = 0; i < draw.c() % 3 && rooms > 0; i++) {
      promised.put((draw.a() + i) % rooms, VaultRole.values()[(draw.b() + i) % 3]);
    }
    unless(invitation(place).offer == Offer.NONE, Rule.TAKEN);
    unless(mayInvite(author, role), Rule.ROLE_TOO_LOW);
    unless(
        model.rooms.size() > promised.keySet().stream().mapToInt(r -> r).max().orElse(-1),
        Rule.VAULT);
    unless(promises(author, promised.keySet()), Rule.VAULT_ROLE_TOO_LOW);
    boolean waits = role != TeamRole.MEMBER || model.joins == JoinMode.AFTER_CONFIRMATION;
    unless(!waits || mode == JoinMode.AFTER_CONFIRMATION, Rule.INVITE);
    return invite(place, role, mode, promised);
  }

  private Move invite(int place, TeamRole role, JoinMode mode, Map<Integer, VaultRole> promised) {
    List<VaultGrant> grants = new ArrayList<>();
    for (VaultId vault : names.sorted(promised.keySet())) {
      int room = Math.max(0, names.room(vault));
      int known = names.room(vault) < 0 ? model.rooms.size() : room;
      grants.add(new VaultGrant(head(known), promised.get(known)));
    }
    List<VaultGrant> right = List.copyOf(grants);
    if (wrong(2)) {
      grants = grants.reversed();
    } else if (wrong(3)) {
      grants.addAll(right);
    }
    unless(grants.equals(right), Rule.HEADS);
    Invited invited = names.cast().invitation(place);
    Body.Invite body =
        new Body.Invite(
            invited.id(),
            dev.cofre.protocol.Bytes.of(invited.key().generatePublicKey().getEncoded()),
            role,
            grants,
            10,
            mode);
    return move(
        body,
        () -> {
          Invitation opened = invitation(place);
          opened.offer = Offer.OPEN;
          opened.inviter = author;
          opened.role = role;
          opened.mode = mode;
          opened.promised.putAll(promised);
          opened.heads.putAll(name(right.stream().map(VaultGrant::vault).toList()));
        });
  }

  private boolean mayInvite(int who, TeamRole role) {
    return person(who).is(role == TeamRole.MEMBER ? TeamRole.ADMIN : TeamRole.OWNER);
  }

  private boolean promises(int who, Set<Integer> rooms) {
    return rooms.stream().allMatch(room -> model.has(who, room, VaultRole.MANAGER));
  }

  private boolean stillInvites(Invitation invitation) {
    return mayInvite(invitation.inviter, invitation.role)
        && promises(invitation.inviter, invitation.promised.keySet());
  }

  Move cancel() {
    requireAuthor(false);
    int place = place(draw.a(), draw.b() % 2 == 0 ? Offer.OPEN : Offer.WAITING);
    Invitation invitation = invitation(place);
    unless(invitation.offer == Offer.OPEN || invitation.offer == Offer.WAITING, Rule.INVITE);
    boolean byOwner = invitation.inviter >= 0 && person(invitation.inviter).role == TeamRole.OWNER;
    unless(
        author == invitation.inviter
            || person(author).is(TeamRole.OWNER)
            || (person(author).is(TeamRole.ADMIN) && !byOwner),
        Rule.ROLE_TOO_LOW);
    return move(
        new Body.InviteCancel(names.cast().invitation(place).id()),
        () -> {
          for (int i = 0; i < model.people.size(); i++) {
            if (person(i).place == Place.WAITING && person(i).invitation == place) {
              model.leave(i, Map.of());
            }
          }
          invitation.offer = Offer.CANCELLED;
        });
  }

  Move join() {
    Set<Integer> newcomers = new TreeSet<>();
    for (int i = 0; i < model.people.size(); i++) {
      if (person(i).place == Place.NEVER) {
        newcomers.add(i);
      }
    }
    int who =
        newcomers.isEmpty() || draw.who() % 6 == 5
            ? draw.who() % model.people.size()
            : newcomers.iterator().next();
    int with = draw.a() % 8 == 7 ? ModelTeam.KIT : draw.a() % 2;
    int place = place(draw.b(), Offer.OPEN);
    int key =
        wrong(9)
            ? Names.keyNumber(draw.c() % model.people.size(), 0)
            : Names.keyNumber(who, draw.c());
    Invitation invitation = invitation(place);
    unless(person(who).place == Place.NEVER, Rule.TAKEN);
    unless(with != ModelTeam.KIT && !wrong(10) && !wrong(11), Rule.STATEMENT);
    unless(invitation.offer == Offer.OPEN, Rule.INVITE);
    unless(!model.keyUsed(key), Rule.KEY);
    unless(!wrong(12) && !wrong(13), Rule.SIGNATURE);
    unless(invitation.inviter >= 0 && stillInvites(invitation), Rule.INVITER);
    return move(
        who,
        with,
        new Body.Join(statement(who, with, place, key)),
        () -> join(who, with, place, key));
  }

  private dev.cofre.protocol.signed.SignedBytes statement(int who, int with, int place, int key) {
    Invited invited = names.cast().invitation(place);
    TeamId team = wrong(10) ? new TeamId(Hash.ZERO.value()) : names.team();
    int said = wrong(11) ? (who + 1) % model.people.size() : who;
    JoinStatement statement =
        new JoinStatement(
            team,
            invited.id(),
            names.cast().person(said).id(),
            Hash.ZERO,
            names.device(who, with).keys(),
            names.key(key));
    return TestTeam.sign(
        wrong(12) ? Label.DEVICE : Label.JOIN,
        JoinStatement.CODEC.encode(statement),
        wrong(13) ? names.device(who, with).signer() : invited.key());
  }

  private void join(int who, int with, int place, int key) {
    Person newcomer = person(who);
    Invitation invitation = invitation(place);
    newcomer.role = invitation.role;
    newcomer.keyVoid = false;
    newcomer.keys.add(key);
    newcomer.devices.put(with, new ModelTeam.Stay(model.seq));
    newcomer.invitation = place;
    newcomer.joined = model.seq;
    if (invitation.mode == JoinMode.AT_ONCE && model.joins == JoinMode.AT_ONCE) {
      model.settle(place, who);
    } else {
      newcomer.place = Place.WAITING;
      invitation.offer = Offer.WAITING;
    }
  }

  Move confirm() {
    requireAuthor(false);
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < model.people.size(); i++) {
      if (person(i).place == Place.WAITING) {
        waiting.add(i);
      }
    }
    int subject =
        waiting.isEmpty() ? draw.a() % model.people.size() : waiting.get(draw.a() % waiting.size());
    Person newcomer = person(subject);
    boolean waits = newcomer.place == Place.WAITING;
    unless(waits && !wrong(14), Rule.JOIN);
    if (waits) {
      Invitation invitation = invitation(newcomer.invitation);
      unless(
          author == invitation.inviter
              || person(author).is(TeamRole.OWNER)
              || (person(author).is(TeamRole.ADMIN) && newcomer.role == TeamRole.MEMBER),
          Rule.ROLE_TOO_LOW);
      unless(stillInvites(invitation), Rule.INVITER);
    }
    Hash join = waits && !wrong(14) ? names.entry(newcomer.joined) : Hash.ZERO;
    return move(
        new Body.Confirm(names.cast().person(subject).id(), join),
        () -> model.settle(newcomer.invitation, subject));
  }
}
