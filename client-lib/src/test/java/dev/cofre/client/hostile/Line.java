package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.LoginSigner;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What one client is told. The truth, unless something else is said: then the log of one world and the vaults of another, or a world
/// without some of its records and wraps.
final class Line {
  private World log;
  private World vaults;
  private Shelf.Told records = (_, sealed) -> sealed;
  private boolean wraps = true;
  private boolean signatures = true;
  private Optional<Commits.Missing> claim = Optional.empty();
  private Optional<Interruption> interruption = Optional.empty();

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
    interruption = Optional.of(what);
  }

  /// A commit of this client arrives.
  void interrupt() throws CofreException {
    Optional<Interruption> due = interruption;
    interruption = Optional.empty();
    if (due.isPresent()) {
      try {
        due.get().happen();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Keeps nothing back any more, and forges nothing.
  void giveAll() {
    records = (_, sealed) -> sealed;
    wraps = true;
    signatures = true;
  }

  World log() {
    return log;
  }

  World vaults() {
    return vaults;
  }

  /// A conversation of this client. Who logs in is believed: what a client can say without its keys is not what is tried here.
  Server as(Optional<LoginSigner> who) {
    return new Conversation(this, who.map(LoginSigner::subject));
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
