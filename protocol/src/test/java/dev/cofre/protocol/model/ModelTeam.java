package dev.cofre.protocol.model;

import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.JoinMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A team as somebody would keep it who has read `docs/protocol.md` and not the code: people, places and vaults by number, everything
/// looked up by going through all of it. Says nothing about who may do what; that is [Moves].
final class ModelTeam {
  /// The number of the slot that holds a recovery kit; the others are computers.
  static final int KIT = 2;

  enum Place {
    NEVER,
    WAITING,
    MEMBER,
    GONE
  }

  enum Offer {
    NONE,
    OPEN,
    WAITING,
    USED,
    CANCELLED
  }

  static final class Person {
    Place place = Place.NEVER;
    TeamRole role = TeamRole.MEMBER;
    boolean keyVoid = true;
    final List<Integer> keys = new ArrayList<>();
    final Map<Integer, Stay> devices = new TreeMap<>();
    int invitation = -1;
    long joined = -1;

    boolean is(TeamRole least) {
      return place == Place.MEMBER && role.atLeast(least);
    }

    Set<Integer> live() {
      Set<Integer> live = new TreeSet<>();
      devices.forEach((slot, stay) -> {
        if (stay.until < 0) {
          live.add(slot);
        }
      });
      return live;
    }
  }

  /// A device's time in the log, and the heads named when it ended.
  static final class Stay {
    final long from;
    long until = -1;
    final Map<Integer, Long> heads = new TreeMap<>();

    Stay(long from) {
      this.from = from;
    }
  }

  static final class Invitation {
    Offer offer = Offer.NONE;
    int inviter = -1;
    TeamRole role = TeamRole.MEMBER;
    JoinMode mode = JoinMode.AT_ONCE;
    final Map<Integer, VaultRole> promised = new TreeMap<>();
    final Map<Integer, Long> heads = new TreeMap<>();
  }

  /// A role that began or ended with an entry; no role, and no head where none was named.
  record Turn(long seq, int person, VaultRole role, Long head) {}

  static final class Room {
    final Map<Integer, VaultRole> roles = new TreeMap<>();
    final Map<Integer, Long> until = new TreeMap<>();
    final Map<Long, Integer> named = new TreeMap<>(Map.of(0L, 0));
    final List<Turn> turns = new ArrayList<>();
    long height;
    long lastChange;
  }

  final List<Person> people = new ArrayList<>();
  final List<Invitation> invitations = new ArrayList<>();
  final List<Room> rooms = new ArrayList<>();
  int floor = 1;
  JoinMode joins = JoinMode.AT_ONCE;
  long seq;

  ModelTeam(int size) {
    for (int i = 0; i < size; i++) {
      people.add(new Person());
      invitations.add(new Invitation());
    }
    Person founder = people.getFirst();
    founder.place = Place.MEMBER;
    founder.role = TeamRole.OWNER;
    founder.keyVoid = false;
    founder.keys.add(0);
    founder.devices.put(0, new Stay(0));
  }

  /// The people who are members now.
  List<Integer> members() {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      if (people.get(i).place == Place.MEMBER) {
        members.add(i);
      }
    }
    return members;
  }

  boolean offers(Offer offer) {
    return invitations.stream().anyMatch(invitation -> invitation.offer == offer);
  }

  boolean isLastOwner(int person) {
    return people.get(person).is(TeamRole.OWNER)
        && members().stream().filter(m -> people.get(m).is(TeamRole.OWNER)).count() == 1;
  }

  boolean keyUsed(int key) {
    return people.stream().anyMatch(p -> p.keys.contains(key));
  }

  boolean has(int person, int room, VaultRole least) {
    VaultRole role = room < rooms.size() ? rooms.get(room).roles.get(person) : null;
    return role != null && role.ordinal() >= least.ordinal();
  }

  /// The vaults in which somebody has at least this role.
  Set<Integer> roomsOf(int person, VaultRole least) {
    Set<Integer> found = new TreeSet<>();
    for (int i = 0; i < rooms.size(); i++) {
      if (has(person, i, least)) {
        found.add(i);
      }
    }
    return found;
  }

  boolean abandons(int person, int room) {
    Map<Integer, VaultRole> roles = rooms.get(room).roles;
    if (!roles.containsKey(person)) {
      return false;
    }
    Map<Integer, VaultRole> rest = new TreeMap<>(roles);
    rest.remove(person);
    boolean managed = rest.containsValue(VaultRole.MANAGER);
    return rest.isEmpty() || (roles.get(person) == VaultRole.MANAGER && !managed);
  }

  Set<Integer> abandonedBy(int person) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < rooms.size(); i++) {
      if (abandons(person, i)) {
        found.add(i);
      }
    }
    return found;
  }

  /// Gives or ends a role.
  void turn(int room, int person, VaultRole role, Long until, Long head) {
    Room at = rooms.get(room);
    at.turns.add(new Turn(seq, person, role, head));
    at.lastChange = seq;
    at.until.remove(person);
    if (role == null) {
      at.roles.remove(person);
      return;
    }
    at.roles.put(person, role);
    if (until != null) {
      at.until.put(person, until);
    }
  }

  void changeRoomsOf(int person) {
    roomsOf(person, VaultRole.VIEWER).forEach(room -> rooms.get(room).lastChange = seq);
  }

  /// Ends somebody with their roles and devices; `heads` by vault.
  void leave(int person, Map<Integer, Long> heads) {
    for (int room : roomsOf(person, VaultRole.VIEWER)) {
      turn(room, person, null, null, heads.get(room));
    }
    Person gone = people.get(person);
    for (int slot : gone.live()) {
      end(gone.devices.get(slot), heads);
    }
    gone.place = Place.GONE;
  }

  void end(Stay stay, Map<Integer, Long> heads) {
    stay.until = seq;
    stay.heads.putAll(heads);
  }

  /// Fulfils what an invitation promised.
  void settle(int place, int person) {
    Invitation invitation = invitations.get(place);
    invitation.promised.forEach(
        (room, role) -> turn(room, person, role, null, invitation.heads.get(room)));
    invitation.offer = Offer.USED;
    people.get(person).place = Place.MEMBER;
  }

  /// The tightest head named since an entry when somebody's role in a vault went below one, or a device of theirs ended; null for none.
  Long bound(int room, int person, int slot, long since, VaultRole below) {
    Long bound = people.get(person).devices.get(slot).heads.get(room);
    for (Turn turn : rooms.get(room).turns) {
      boolean lowered = turn.role() == null || turn.role().ordinal() < below.ordinal();
      boolean concerns = turn.person() == person && turn.seq() > since && lowered;
      if (concerns && turn.head() != null && (bound == null || turn.head() < bound)) {
        bound = turn.head();
      }
    }
    return bound;
  }

  /// The role that a computer could use right after an entry; null for none.
  VaultRole roleAt(int room, int person, int slot, long when) {
    Stay stay = people.get(person).devices.get(slot);
    if (slot == KIT
        || stay == null
        || stay.from > when
        || (stay.until >= 0 && stay.until <= when)) {
      return null;
    }
    VaultRole role = null;
    for (Turn turn : rooms.get(room).turns) {
      if (turn.person() == person && turn.seq() <= when) {
        role = turn.role();
      }
    }
    return role;
  }
}
