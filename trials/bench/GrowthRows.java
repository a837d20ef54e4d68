package bench;

import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// How vaults behave as their files become more: filling, listing, opening on a new device, giving and taking access.
final class GrowthRows {
  private static final int TINY = 16;
  private static final int TIMES = 3;
  private static final int MANY_BYTES = 8 << 20;

  private final Workplace place;
  private final Options options;
  private final CountingProxy proxy;
  private final List<Row> rows = new ArrayList<>();

  GrowthRows(Workplace place, Options options) throws IOException, InterruptedException {
    this.place = place;
    this.options = options;
    int port = Workplace.freePort();
    this.proxy = new CountingProxy(port);
    place.undo(proxy::close);
    CofreServer.start(place, "growing", port, proxy.url());
  }

  /// What is measured at one size.
  private record Times(
      double put,
      double list,
      double listed,
      double open,
      double grant,
      long sent,
      double remove,
      double removed) {}

  List<Row> run() throws IOException, InterruptedException, CofreException {
    int most = options.growth();
    List<Integer> sizes =
        Stream.of(1_000, 10_000, most).filter(n -> n <= most).distinct().sorted().toList();
    Times first = measure(sizes.getFirst());
    Times last = first;
    for (int files : sizes.subList(1, sizes.size())) {
      last = measure(files);
    }
    goals(most, last);
    if (sizes.size() > 1) {
      String work = "remove a member from a vault, in an open client, until refused";
      rows.add(
          Row.compared(
              "growth",
              work + ": " + most + " files",
              last.removed(),
              "the same with " + sizes.getFirst() + " files",
              first.removed(),
              0.5));
    }
    return rows;
  }

  private void goals(int files, Times times) {
    String of = " a vault of " + files + " files";
    limit("grant a new member" + of + ", cofre vault grant", times.grant(), 3);
    rows.add(
        Row.limited(
            "growth",
            "grant a new member" + of + ", bytes sent",
            Row.Unit.BYTES,
            times.sent(),
            MANY_BYTES));
    limit("remove a member from" + of + ", in an open client, until refused", times.removed(), 0.2);
    limit("remove a member from" + of + ", cofre vault revoke, until refused", times.remove(), 0.2);
    limit("list" + of + ", cofre ls -R", times.list(), 0.5);
    limit("list" + of + ", in an open client", times.listed(), 0.5);
    limit("open" + of + " on a new device, the first cofre ls", times.open(), 5);
  }

  private void limit(String work, double ours, double limit) {
    rows.add(Row.limited("growth", work, Row.Unit.SECONDS, ours, limit).with("times", TIMES));
  }

  private Times measure(int files) throws IOException, InterruptedException, CofreException {
    String name = "grow" + files;
    CofreProgram ana = CofreProgram.founder(place, name, proxy.url());
    Content tree = Content.tree(place.path("tree-" + files), files, TINY);
    double put = ana.up(tree, 0);
    Workplace.remove(tree.path());
    List<Double> list = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      list.add(listing(ana, ana.vault(), files));
    }
    double open = opening(ana, files);
    ana.run("lock");
    List<Device> members = new ArrayList<>();
    try (Device device = Device.open(ana.home())) {
      for (int i = 0; i < TIMES; i++) {
        members.add(device.invite(place.path(name + "-member" + i), name + "-" + i));
      }
    }
    ana.unlock();
    Granted granted = granting(ana, members, files);
    double remove = removing(ana, members);
    ana.run("lock");
    Inside inside = inside(ana, members, files);
    members.forEach(Device::close);
    Times times =
        new Times(
            put,
            Row.median(list),
            inside.listed(),
            open,
            granted.seconds(),
            granted.sent(),
            remove,
            inside.removed());
    curve(files, times);
    return times;
  }

  private void curve(int files, Times times) {
    point("put files of 16 bytes", files, times.put());
    point("grant a new member, cofre vault grant", files, times.grant());
    rows.add(
        Row.measured(
            "growth",
            "grant a new member, bytes sent: " + files + " files",
            Row.Unit.BYTES,
            times.sent()));
    point("remove a member, in an open client, until refused", files, times.removed());
    point("remove a member, cofre vault revoke, until refused", files, times.remove());
    point("list, cofre ls -R", files, times.list());
    point("list, in an open client", files, times.listed());
    point("open on a new device, the first cofre ls", files, times.open());
  }

  private void point(String work, int files, double seconds) {
    String text = work + ": " + files + " files";
    rows.add(Row.measured("growth", text, Row.Unit.SECONDS, seconds));
  }

  /// How long a whole list takes, which has to be whole.
  private static double listing(CofreProgram who, String vault, int files)
      throws IOException, InterruptedException {
    Workplace.Ran ran = who.run("--json", "ls", "-R", vault);
    try (Stream<String> lines = Files.lines(ran.log())) {
      long listed = lines.filter(line -> line.contains("\"type\":\"file\"")).count();
      if (listed != files) {
        throw new IOException(listed + " of " + files + " files are listed");
      }
    }
    return ran.seconds();
  }

  /// The first list on new devices, made from a recovery kit.
  private double opening(CofreProgram ana, int files) throws IOException, InterruptedException {
    String sheet = ana.run("--json", "kit", "print").out();
    String code = Results.field(sheet, "code").replace("\\n", "\n");
    Path kit = place.secret("kit-" + files, code);
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      CofreProgram device = new CofreProgram(place, "new" + i + "-of-" + files);
      device.run("kit", "restore", "--server", proxy.url(), "--kit-file", kit.toString());
      device.unlock();
      seconds.add(listing(device, ana.vault(), files));
      device.run("lock");
    }
    return Row.median(seconds);
  }

  private record Granted(double seconds, long sent) {}

  private Granted granting(CofreProgram ana, List<Device> members, int files)
      throws IOException, InterruptedException, CofreException {
    List<Double> seconds = new ArrayList<>();
    List<Double> sent = new ArrayList<>();
    for (Device member : members) {
      long before = proxy.sent();
      String id = member.cofre().whoAmI().member().hex();
      seconds.add(
          ana.run("--yes", "vault", "grant", ana.vaultName(), id, "--role", "viewer").seconds());
      sent.add((double) (proxy.sent() - before));
    }
    Vault seen = members.getFirst().cofre().vault(ana.vaultName());
    int read = seen.list("/", Recursion.DEEP).size();
    if (read != files) {
      throw new IOException("the new member reads " + read + " of " + files + " files");
    }
    return new Granted(Row.median(seconds), Math.round(Row.median(sent)));
  }

  /// Removing as a whole process, with the agent unlocked.
  private double removing(CofreProgram ana, List<Device> members)
      throws IOException, InterruptedException, CofreException {
    List<Double> seconds = new ArrayList<>();
    for (Device member : members) {
      String id = member.cofre().whoAmI().member().hex();
      CompletableFuture<Long> refusal = refusal(member, ana.vaultName());
      long begun = System.nanoTime();
      ana.run("--yes", "vault", "revoke", ana.vaultName(), id);
      seconds.add((refusal.join() - begun) / 1e9);
    }
    return Row.median(seconds);
  }

  private record Inside(double listed, double removed) {}

  /// Listing and removing by a client that is open already.
  private Inside inside(CofreProgram ana, List<Device> members, int files)
      throws IOException, InterruptedException, CofreException {
    List<Double> listed = new ArrayList<>();
    List<Double> removed = new ArrayList<>();
    try (Device device = Device.open(ana.home())) {
      Vault vault = device.cofre().vault(ana.vaultName());
      for (Device member : members) {
        MemberId id = member.cofre().whoAmI().member();
        long begun = System.nanoTime();
        int read = vault.list("/", Recursion.DEEP).size();
        listed.add((System.nanoTime() - begun) / 1e9);
        if (read != files) {
          throw new IOException(read + " of " + files + " files are listed");
        }
        vault.grant(id, VaultRole.VIEWER, Optional.empty());
        CompletableFuture<Long> refusal = refusal(member, ana.vaultName());
        long revoked = System.nanoTime();
        vault.revoke(id, Vault.Abandon.NEVER);
        removed.add((refusal.join() - revoked) / 1e9);
      }
    }
    return new Inside(Row.median(listed), Row.median(removed));
  }

  /// When the server refuses a member the vault for the first time, who asks all the while and was served before.
  private static CompletableFuture<Long> refusal(Device member, String vault)
      throws CofreException, InterruptedException {
    Vault open = member.cofre().vault(vault);
    TeamId team = member.cofre().whoAmI().team();
    CountDownLatch served = new CountDownLatch(1);
    CompletableFuture<Long> refusal = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              member.server().commits(team, open.id(), open.head().seq(), 1);
              served.countDown();
              Thread.sleep(2);
            }
          } catch (Refused refused) {
            refusal.complete(System.nanoTime());
          } catch (CofreException | RuntimeException | InterruptedException e) {
            refusal.completeExceptionally(e);
          } finally {
            served.countDown();
          }
        });
    served.await();
    if (refusal.isDone()) {
      throw new IllegalStateException("refused before the removal");
    }
    return refusal;
  }
}
