package bench;

import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.vault.Commit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How the server behaves as members and clients become more. All clients are threads of this process and share the machine with it.
final class LoadRows {
  private static final int SMALL = 10 << 10;
  private static final int FILES = 1_000;
  private static final int FILES_OF_CLIENT = 200;
  private static final int BATCHES = 3;
  private static final int BATCHING = 16;

  private final Workplace place;
  private final Options options;
  private final CofreServer server;

  LoadRows(Workplace place, Options options) throws IOException, InterruptedException {
    this.place = place;
    this.options = options;
    this.server = CofreServer.start(place, "loaded");
  }

  /// The same files put into vaults of more and more members.
  List<Row> members() throws IOException, InterruptedException, CofreException {
    List<Row> rows = new ArrayList<>();
    int files = Math.min(FILES, options.files());
    Content tree = Content.tree(place.path("shared-tree"), files, SMALL);
    int most = Math.min(50, options.clients());
    List<Device> people = new ArrayList<>();
    people.add(Device.founder(place.path("founder"), server.url(), "Founder"));
    try {
      for (int i = 1; i < most; i++) {
        people.add(people.getFirst().invite(place.path("member" + i), "Member " + i));
      }
      put(people.getFirst().cofre().createVault("warm-up"), tree);
      for (int members : counts(2, 10, most)) {
        Vault vault = people.getFirst().cofre().createVault("of " + members);
        for (Device member : people.subList(1, members)) {
          vault.grant(member.cofre().whoAmI().member(), VaultRole.VIEWER, Optional.empty());
        }
        long begun = System.nanoTime();
        put(vault, tree);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Vault seen = people.get(members - 1).cofre().vault("of " + members);
        if (seen.list("/", Recursion.DEEP).size() != files) {
          throw new IOException("a member does not see all files");
        }
        String work = "put " + files + " files of 10 KiB, in an open client: ";
        rows.add(Row.measured("members", work + members + " members", Row.Unit.SECONDS, seconds));
      }
    } finally {
      people.forEach(Device::close);
    }
    return rows;
  }

  /// Files put by more and more clients at once.
  List<Row> clients(Fleet fleet) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    int files = Math.min(FILES_OF_CLIENT, options.files());
    Content first = Content.tree(place.path("tree-of-none"), files, SMALL);
    Fleet.work(fleet.first(1), ship -> put(ship.vault(), first));
    for (int clients : counts(1, 8, options.clients())) {
      Content tree = Content.tree(place.path("tree-of-" + clients), files, SMALL);
      double seconds = Fleet.work(fleet.first(clients), ship -> put(ship.vault(), tree));
      String work = "put files of 10 KiB, in open clients at once: " + clients;
      rows.add(
          Row.measured("clients", work, Row.Unit.FILES, clients * files / seconds)
              .with("files", clients * files));
    }
    return rows;
  }

  private static void put(Vault vault, Content tree) throws IOException, CofreException {
    List<Outcome> outcomes = vault.put(List.of(tree.path()), "/", Progress.NONE);
    long added = outcomes.stream().filter(each -> each.status() == Outcome.Status.ADDED).count();
    if (added != tree.files()) {
      throw new IOException(added + " of " + tree.files() + " files were added");
    }
  }

  /// Commits as fast as the server takes them, made and encoded before.
  List<Row> commits(Fleet fleet) throws Exception {
    Map<Fleet.Ship, CommitLoad> loads = new IdentityHashMap<>();
    try {
      for (Fleet.Ship ship : fleet.first(options.clients())) {
        loads.put(ship, new CommitLoad(ship, server.url()));
      }
      List<Fleet.Ship> all = fleet.first(options.clients());
      int each = Math.clamp(options.files() / 50, 1, 200);
      send(loads, all, 10, 1);
      double single = all.size() * each / send(loads, all, each, 1);
      List<Fleet.Ship> some = fleet.first(BATCHING);
      int files = Math.min(Commit.MAX_CHANGES, options.files());
      double batched = some.size() * BATCHES * files / send(loads, some, BATCHES, files);
      return List.of(
          rate("commits of one file, ", all.size(), Row.Unit.COMMITS, single, 2_000)
              .with("commits", all.size() * each),
          rate("commits of " + files + " files, ", some.size(), Row.Unit.FILES, batched, 30_000)
              .with("commits", some.size() * BATCHES));
    } finally {
      for (CommitLoad load : loads.values()) {
        load.close();
      }
    }
  }

  private static Row rate(String work, int vaults, Row.Unit unit, double ours, double limit) {
    String text = work + vaults + " vaults at once, made and contents stored before";
    return Row.limited("commits", text, unit, ours, limit);
  }

  private static double send(
      Map<Fleet.Ship, CommitLoad> loads, List<Fleet.Ship> ships, int commits, int files)
      throws IOException, InterruptedException, CofreException {
    for (Fleet.Ship ship : ships) {
      loads.get(ship).prepare(commits, files);
    }
    double seconds = Fleet.work(ships, ship -> loads.get(ship).send());
    for (Fleet.Ship ship : ships) {
      loads.get(ship).check();
    }
    return seconds;
  }

  Fleet fleet() throws IOException, InterruptedException, CofreException {
    return new Fleet(place, server, options.clients());
  }

  private static List<Integer> counts(int few, int some, int most) {
    return Stream.of(few, some, most).filter(n -> n <= most).distinct().sorted().toList();
  }
}
