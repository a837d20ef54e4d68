package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Three members with five devices who work at random, while the server splits what it shows once, and one of them is perhaps removed.
/// The same seed is the same schedule.
final class Schedule {
  private static final int STEPS = 14;

  private final Random random;
  private final Company company;
  private final List<Seat> seats = new ArrayList<>();
  private final List<World> worlds = new ArrayList<>();
  private final MemberId removable;
  private int files;

  /// A device, and which of the worlds it is shown.
  static final class Seat {
    final Actor actor;
    final MemberId member;
    World shown;

    Seat(Actor actor, World shown) throws CofreException {
      this.actor = actor;
      this.member = actor.member();
      this.shown = shown;
    }

    /// Whether the server that it is shown still knows it as a member's.
    boolean belongs() {
      return shown.state().members().get(member).confirmed();
    }
  }

  private Schedule(Path directory, long seed) throws CofreException {
    random = new Random(seed);
    company = Company.of(directory, "Ana");
    worlds.add(company.world());
    Actor eva = company.member("Eva", VaultRole.EDITOR);
    Actor rui = company.member("Rui", VaultRole.EDITOR);
    for (Actor actor :
        List.of(
            company.founder(),
            eva,
            company.restored("Eva's phone", company.kit(eva)),
            rui,
            company.restored("Rui's phone", company.kit(rui)))) {
      seats.add(new Seat(actor, company.world()));
    }
    removable = seats.getLast().member;
  }

  /// Plays one.
  static Schedule played(Path directory, long seed) throws CofreException, IOException {
    Schedule schedule = new Schedule(directory, seed);
    int fork = schedule.random.nextInt(STEPS / 3);
    for (int i = 0; i < STEPS; i++) {
      if (i == fork) {
        schedule.fork();
      }
      schedule.step();
    }
    return schedule;
  }

  List<Seat> seats() {
    return seats;
  }

  List<World> worlds() {
    return worlds;
  }

  Company company() {
    return company;
  }

  /// From now on some devices are shown another world, that goes its own way.
  private void fork() {
    World other = company.world().copy();
    worlds.add(other);
    int first = random.nextInt(seats.size());
    for (int i = 0; i < seats.size(); i++) {
      if (i == first || random.nextInt(5) < 2) {
        seats.get(i).shown = other;
        seats.get(i).actor.line().show(other);
      }
    }
  }

  private void step() throws CofreException, IOException {
    Seat seat = seats.get(random.nextInt(seats.size()));
    if (!seat.belongs()) {
      return;
    }
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> write(seat);
      case 4 -> delete(seat);
      case 5 -> seat.actor.list();
      case 6 -> seat.actor.run(cofre -> cofre.createVault("Vault " + files++).id());
      default -> remove();
    }
  }

  private void write(Seat seat) throws CofreException, IOException {
    String name = "file " + files++;
    seat.actor.put("/" + name + ".txt", name);
  }

  private void delete(Seat seat) throws CofreException {
    List<String> paths = seat.actor.list();
    if (!paths.isEmpty()) {
      String path = paths.get(random.nextInt(paths.size()));
      seat.actor.inVault(vault -> vault.remove(List.of(path)));
    }
  }

  /// The founder removes the third member, in the world that she is shown.
  private void remove() throws CofreException {
    Seat founder = seats.getFirst();
    if (founder.shown.state().members().get(removable).confirmed()) {
      founder.actor.run(cofre -> {
        Set<dev.cofre.protocol.VaultId> abandoned =
            Set.copyOf(founder.shown.state().abandonedBy(removable));
        return cofre.team().remove(removable, abandoned);
      });
    }
  }
}
