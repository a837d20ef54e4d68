package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What is asked after every test about each server in it: whether it was told anything it may not know, whether it can open anything it
/// was given, and whether a client failed in a way that it does not declare. That what clients return is right or a typed failure is
/// what tests and the [Verdict] see to.
final class Oracles {
  private static final List<Oracles> ACTIVE = new ArrayList<>();

  private final EvilServer server;
  private final Canaries canaries;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Throwable> untyped = new ArrayList<>();
  private int conceded;

  private Oracles(EvilServer server, Canaries canaries) {
    this.server = server;
    this.canaries = canaries;
    ACTIVE.add(this);
  }

  static Oracles over(EvilServer server) {
    Canaries canaries = new Canaries();
    canaries.add(Actor.VAULT);
    return new Oracles(server, canaries);
  }

  /// Over a server whose clients have the secrets of others.
  static Oracles over(EvilServer server, Oracles earlier) {
    return new Oracles(server, earlier.canaries.copy());
  }

  Canaries canaries() {
    return canaries;
  }

  /// A client whose keys are secrets.
  void watch(Actor actor) {
    actors.add(actor);
  }

  /// A client threw something that it does not declare.
  void untyped(Throwable thrown) {
    untyped.add(thrown);
  }

  /// What the oracles have to say, which should be nothing.
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    untyped.forEach(thrown -> complaints.add("undeclared: " + thrown));
    server.bugs().forEach(bug -> complaints.add("a bug of the test's server: " + bug));
    actors.forEach(this::addSeeds);
    Scanner scanner = canaries.scanner();
    for (Exchange exchange : server.transcript()) {
      told(scanner, exchange.request()).ifPresent(complaints::add);
    }
    for (Received stray : server.strays()) {
      complaints.add("the client went to the other address: " + stray.head().getFirst());
      told(scanner, stray).ifPresent(complaints::add);
    }
    new Adversary(server)
        .opened().stream()
            .filter(opened -> opened.at() >= conceded)
            .map(Adversary.Opened::what)
            .forEach(complaints::add);
    return complaints;
  }

  private static Optional<String> told(Scanner scanner, Received request) {
    return scanner
        .find(request.everything())
        .map(what -> "the server was told " + what + " by " + request.head().getFirst());
  }

  private void addSeeds(Actor actor) {
    try {
      actor.misuse(identity -> {
        identity.seeds().forEach(seed -> canaries.add(Bytes.of(seed.toArray()), "a key"));
        return identity;
      });
    } catch (CofreException _) {
      // A device that gave up has no keys left.
    }
  }

  /// What was sent until now may open with the keys that the server comes by: those of somebody who was entitled to it. Nothing that is
  /// sent later may, nor a content that a later commit refers to.
  void concede() {
    conceded = server.transcript().size();
  }

  /// The same until this exchange, with it.
  void concede(Exchange last) {
    List<Exchange> all = server.transcript();
    for (int i = all.size(); i > 0; i--) {
      if (all.get(i - 1) == last) {
        conceded = i;
        return;
      }
    }
    throw new AssertionError("not in the transcript: " + last);
  }

  /// Is not asked after this test, because it has been asked already.
  void dismiss() {
    ACTIVE.remove(this);
  }

  /// Asks, and fails when there is anything to say.
  void ask() {
    assertEquals(List.of(), complaints());
  }

  /// After each test.
  static final class AfterEach implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      List<Oracles> all = List.copyOf(ACTIVE);
      ACTIVE.clear();
      all.forEach(Oracles::ask);
    }
  }
}
