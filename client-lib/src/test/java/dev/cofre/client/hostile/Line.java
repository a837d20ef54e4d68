package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What one client is told. The truth, unless something else is said: then the log of one world and the vaults of another, or a world
/// without some of its records and wraps.
final class Line {
  private World log;
  private World vaults;
  private Shelf.Told records = (_, sealed) -> sealed;
  private boolean wraps = true;
  private boolean signatures = true;
  private final Map<Route, Interruption> interruptions = new ConcurrentHashMap<>();
  private final List<Script.Rule> rules = new ArrayList<>();
  private Sessions.Delivery delivery = Sessions.Delivery.PROXY;
  private Optional<Commits.Missing> claim = Optional.empty();

  /// Something that others do.
  interface Interruption {
    void happen() throws CofreException, IOException;
  }

  Line(World truth) {
    log = truth;
    vaults = truth;
  }

  /// Shows another world from now on.
  void show(World world) {
    show(world, world);
  }

  /// Shows the team log of one world and the vaults of another.
  void show(World ofLog, World ofVaults) {
    log = ofLog;
    vaults = ofVaults;
  }

  /// Has contents go and come by the storage itself, from the next login on.
  void deliverDirectly() {
    delivery = Sessions.Delivery.DIRECT;
  }

  Sessions.Delivery delivery() {
    return delivery;
  }

  /// Keeps some records back from now on, as if they had been purged.
  void withholdRecords(Predicate<Change.Put> which) {
    records = (put, sealed) -> which.test(put) ? Shelf.NOTHING : sealed;
  }

  /// Gives other bytes for all records from now on.
  void garbleRecords() {
    records = (_, sealed) -> sealed.slice(1, sealed.length() - 1);
  }

  /// Keeps all wraps back from now on.
  void withholdWraps() {
    wraps = false;
  }

  /// Puts a signature under each commit from now on that nobody made.
  void forgeSignatures() {
    signatures = false;
  }

  /// Says from now on that these lack wraps, whoever they are.
  void claim(Commits.Missing lacks) {
    claim = Optional.of(lacks);
  }

  /// Lets something happen just before the next commit of this client arrives.
  void beforeNextCommit(Interruption what) {
    before(Route.APPEND_COMMIT, what);
  }

  /// Lets something happen just before the next request of a kind is looked at.
  void before(Route route, Interruption what) {
    interruptions.put(route, what);
  }

  /// A request of this client arrives; others are not kept waiting by what happens.
  void interrupt(Route route) {
    Interruption due = interruptions.remove(route);
    if (due == null) {
      return;
    }
    try {
      due.happen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CofreException e) {
      throw new AssertionError(e);
    }
  }

  /// Keeps nothing back any more, and forges nothing.
  void giveAll() {
    records = (_, sealed) -> sealed;
    wraps = true;
    signatures = true;
  }

  /// Lies to this client about one route from now on.
  void on(Route route, Script script) {
    rules.add(new Script.Rule(route::equals, script));
  }

  /// How this client is lied to.
  List<Script.Rule> rules() {
    return rules;
  }

  /// Tells no lies any more.
  void honest() {
    rules.clear();
    giveAll();
  }

  World log() {
    return log;
  }

  World vaults() {
    return vaults;
  }

  Commits.Page told(Commits.Page page) {
    return new Commits.Page(
        page.commits().stream()
            .map(item -> Shelf.told(item, records))
            .map(item -> signatures ? item : forged(item))
            .toList(),
        wraps ? page.bundles() : List.of(),
        wraps ? page.channels() : List.of(),
        page.head());
  }

  private static Commits.Item forged(Commits.Item item) {
    byte[] signature = item.commit().signature().toArray();
    signature[0] ^= 1;
    SignedBytes commit = new SignedBytes(item.commit().payload(), Bytes.of(signature));
    return new Commits.Item(commit, item.records());
  }

  Commits.Missing told(Commits.Missing missing) {
    return claim.orElse(missing);
  }

  Commits.BundlePage told(Commits.BundlePage page) {
    return wraps ? page : new Commits.BundlePage(List.of(), List.of(), page.through());
  }
}
